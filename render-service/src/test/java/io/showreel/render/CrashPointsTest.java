package io.showreel.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.showreel.contracts.Configuration;
import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneEvent.CutClosed;
import io.showreel.contracts.scene.SceneEvent.TakeLost;
import io.showreel.contracts.scene.SceneEvent.TakeRendered;
import io.showreel.contracts.scene.SceneEvent.TakeStarted;
import io.showreel.contracts.scene.SceneEvent.TakeUnverifiable;
import io.showreel.contracts.scene.SceneEvent.TakeWithdrawn;
import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.contracts.scene.SceneRequest.CutWithdrawn;
import io.showreel.contracts.scene.SceneRequest.ErrorStrategy;
import io.showreel.contracts.scene.SceneRequest.Finish;
import io.showreel.contracts.scene.SceneRequest.OnSceneFailure;
import io.showreel.contracts.scene.SceneRequest.RequestedTake;
import io.showreel.contracts.scene.SceneRequest.TakeInput;
import io.showreel.contracts.scene.SceneRequest.TakeResolved;
import io.showreel.contracts.scene.SceneRequest.WithdrawalReason;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.objects.ObjectStore;
import io.showreel.render.Crash.Answer;
import io.showreel.render.Crash.End;
import io.showreel.render.Crash.Meanwhile;
import io.showreel.render.take.Attempt;
import io.showreel.render.take.Attempt.Stage;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.Take;
import io.showreel.sandbox.Sandbox;
import io.showreel.sandbox.Settings;
import io.showreel.sandbox.inspection.LedgerRow;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process of render-service is halted at a named point of a take, and the next one finds what it left: the provider
 * may have made a prediction that is on no record, or not. Whatever it finds, the take ends as it should, and at most
 * one prediction of it succeeds. Each process but the last is halted, too, at the point of the take after.
 * {@code -Dcrash.points=cancel,hold} halts only where the name of the point, the answer, or what happens meanwhile has
 * one of these in it.
 */
class CrashPointsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration UNTIL_HALTED = Duration.ofMinutes(2);
    private static final Duration UNTIL_ALL_ENDED = Duration.ofMinutes(3);
    private static final Duration EVERY = Duration.ofMillis(50);
    /** From here on it pays to start quicker. */
    private static final int MANY = 20;

    private static final long FIRST_JOB = 700_000;

    /** In turns, so that a take's answer doesn't meet the one before, which may still be on its way. */
    private static final List<String> MODELS =
            List.of("google/veo-3.1-fast", "google/veo-3.1", "google/veo-3-fast", "google/veo-3");

    /** Refuses all that it is sent. */
    private static final String REFUSING_MODEL = "bytedance/seedance-1-lite";

    /** How an attempt may have ended that another one follows. */
    private static final Set<Stage> PROVEN_FAILURES =
            EnumSet.of(Stage.FAILED, Stage.ABORTED, Stage.NOT_SENT, Stage.ABSENT);

    @TempDir
    private Path folder;

    private final List<Story> stories = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();
    private Sandbox sandbox;
    private Landscape landscape;
    private Conversation conversation;
    private WebhookRelay relay;
    private List<URI> photos;

    /** One take, and what became of it so far. */
    private final class Story {

        private final Crash crash;
        private final long job;
        private final RequestedTake take;
        private final Instant since = Instant.now();
        private boolean said;

        Story(Crash crash, long job, RequestedTake take) {
            this.crash = crash;
            this.job = job;
            this.take = take;
        }

        private String model() {
            return take.input().model();
        }

        /** Says what others say meanwhile, once. */
        void goOn() {
            if (!said && isTime()) {
                said = true;
                switch (crash.meanwhile()) {
                    case NOTHING, TOLD_BY_WEBHOOK -> {}
                    case WITHDRAWN_BEFORE_IT_IS_ASKED_FOR,
                            WITHDRAWN_WHEN_IT_WAS_SENT,
                            WITHDRAWN_WHEN_IT_RUNS,
                            WITHDRAWN_WHEN_IT_IS_COPIED,
                            WITHDRAWN_WHEN_NOBODY_KNOWS ->
                        conversation.say(new CutWithdrawn(job, 1, WithdrawalReason.CANCELED), job);
                    case SAID_TO_BE_PAID -> conversation.say(new TakeResolved(job, take.takeId(), true), job);
                    case SAID_NOT_TO_BE_PAID -> conversation.say(new TakeResolved(job, take.takeId(), false), job);
                }
            }
        }

        private boolean isTime() {
            return switch (crash.meanwhile()) {
                case NOTHING, TOLD_BY_WEBHOOK -> false;
                case WITHDRAWN_BEFORE_IT_IS_ASKED_FOR -> true;
                case WITHDRAWN_WHEN_IT_WAS_SENT ->
                    sandbox.ledger().stream()
                            .anyMatch(row -> row.model().equals(model())
                                    && row.createdAt().isAfter(since));
                case WITHDRAWN_WHEN_IT_RUNS ->
                    !conversation.heard(TakeStarted.class, job).isEmpty();
                case WITHDRAWN_WHEN_IT_IS_COPIED -> landscape.isBeingCopied(take.takeId());
                case WITHDRAWN_WHEN_NOBODY_KNOWS, SAID_TO_BE_PAID, SAID_NOT_TO_BE_PAID ->
                    !conversation.heard(TakeUnverifiable.class, job).isEmpty();
            };
        }

        boolean hasEnded() {
            return !conversation.heard(CutClosed.class, job).isEmpty();
        }
    }

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(Settings.in(folder.resolve("sandbox")).instantly());
        landscape = new Landscape(sandbox, folder.resolve("scratch"));
        landscape.missTheDeadSoon();
        conversation = new Conversation();
        relay = new WebhookRelay();
    }

    @AfterEach
    void stop() throws Exception {
        relay.close();
        conversation.close();
        sandbox.close();
    }

    @Test
    void a_process_halted_where_most_is_at_stake_pays_no_take_twice_and_loses_none() throws Exception {
        haltAtEach(CrashPoints.REPRESENTATIVE);
    }

    @Test
    @Tag("nightly")
    void a_process_halted_anywhere_pays_no_take_twice_and_loses_none() throws Exception {
        var named = System.getProperty("crash.points", "").split(",");
        haltAtEach(CrashPoints.everywhere().stream()
                .filter(crash -> Stream.of(named).anyMatch(crash.toString()::contains))
                .toList());
    }

    private void haltAtEach(List<Crash> crashes) throws Exception {
        photos = photos();
        if (crashes.size() > MANY) {
            rehearse();
        }
        for (var crash : crashes) {
            var model =
                    crash.answer() == Answer.REFUSED_422 ? REFUSING_MODEL : MODELS.get(stories.size() % MODELS.size());
            var story = new Story(crash, FIRST_JOB + stories.size() + 1, clip(model, photos));
            stories.add(story);
            haltAt(story);
        }
        try (var survivor = landscape.replica("spring.main.web-application-type=none")) {
            awaitTheEnd();
            var ledger = survivor.getBean(Ledger.class);
            var table = new Table();
            for (var story : stories) {
                var take = ledger.find(story.take.takeId()).block(TIMEOUT).take();
                table.add(story, take, made(take));
            }
            System.out.println(table);
            assertAll(stories.stream().map(story -> () -> {
                var take = ledger.find(story.take.takeId()).block(TIMEOUT).take();
                verify(story, take, made(take));
            }));
            assertThat(missed).as("points that were not reached").isEmpty();
        }
    }

    /** A take that nothing happens to. */
    private void rehearse() throws Exception {
        var story = new Story(
                new Crash("after committing rendered", Answer.ACCEPTED), FIRST_JOB, clip(MODELS.getFirst(), photos));
        var process = landscape.rehearsal(
                CrashingRender.class,
                Map.of(
                        CrashingRender.POINT, story.crash.points().getFirst(),
                        CrashingRender.JOB, String.valueOf(story.job),
                        CrashingRender.GENTLY, "true"));
        try {
            ask(story);
            assertThat(process.waitFor(UNTIL_HALTED.toSeconds(), TimeUnit.SECONDS))
                    .as("it ended")
                    .isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void haltAt(Story story) throws Exception {
        for (var fault : story.crash.answer().faults(story.model())) {
            order(fault);
        }
        for (var point : story.crash.points()) {
            var port = landscape.freePort();
            relay.to(port);
            var settings = new ArrayList<>(story.crash.settings(relay.address()));
            settings.addAll(List.of("server.port=" + port, "spring.flyway.enabled=false"));
            var process = landscape.process(
                    CrashingRender.class,
                    Map.of(
                            CrashingRender.POINT,
                            point,
                            CrashingRender.JOB,
                            String.valueOf(story.job),
                            CrashingRender.ODDITY,
                            story.crash.oddity().name()),
                    settings.toArray(String[]::new));
            try {
                if (point.equals(story.crash.points().getFirst())) {
                    ask(story);
                }
                awaitEnd(process);
                if (process.isAlive() || process.exitValue() != CrashingRender.HALTED) {
                    missed.add(point + " of " + story.crash);
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private void awaitEnd(Process process) throws InterruptedException {
        var until = Instant.now().plus(UNTIL_HALTED);
        while (!process.waitFor(EVERY.toMillis(), TimeUnit.MILLISECONDS)
                && Instant.now().isBefore(until)) {
            stories.forEach(Story::goOn);
        }
    }

    private void ask(Story story) {
        if (story.crash.meanwhile() == Meanwhile.WITHDRAWN_BEFORE_IT_IS_ASKED_FOR) {
            story.goOn();
        }
        conversation.say(cut(story.job, story.take), story.job);
    }

    /** Until nothing is left to be done, for strays either. */
    private void awaitTheEnd() {
        await("all takes ended").atMost(UNTIL_ALL_ENDED).until(() -> {
            stories.forEach(Story::goOn);
            return stories.stream().allMatch(Story::hasEnded);
        });
        await("nothing is left to be done").atMost(UNTIL_ALL_ENDED).until(() -> landscape.isAtRest());
    }

    /** What the provider made of the take, the oldest first. */
    private List<LedgerRow> made(Take take) {
        return sandbox.ledger().stream()
                .filter(row -> take.attempts().stream().anyMatch(attempt -> isOf(row, attempt)))
                .sorted(Comparator.comparing(LedgerRow::createdAt))
                .toList();
    }

    private static boolean isOf(LedgerRow row, Attempt attempt) {
        return attempt.token().toString().equals(row.attempt())
                || row.predictionId().equals(attempt.predictionId());
    }

    /** Our ledger, the provider's and what was told agree. */
    private void verify(Story story, Take take, List<LedgerRow> made) {
        var crash = story.crash;
        var attempts = take.attempts();
        var succeeded =
                made.stream().filter(row -> row.status().equals("succeeded")).count();
        var end = End.valueOf(take.getClass().getSimpleName().toUpperCase(Locale.ROOT));

        assertThat(succeeded).as("%s: at most one succeeds", crash).isLessThanOrEqualTo(1);
        assertThat(crash.ends()).as("%s: how it may end", crash).contains(end);
        assertThat(told(story.job)).as("%s: it ended once", crash).containsOnly(Map.entry(end, 1L));
        if (end == End.RENDERED || !crash.meanwhile().isGivenUp()) {
            assertThat(end == End.RENDERED)
                    .as("%s: what was paid is not thrown away", crash)
                    .isEqualTo(succeeded == 1);
        }
        assertThat(made).as("%s: every prediction is on record", crash).allMatch(row -> attempts.stream()
                .anyMatch(attempt -> row.predictionId().equals(attempt.predictionId())
                        || (attempt.stage() == Stage.WRITTEN_OFF && isOf(row, attempt))));
        assertThat(attempts.stream().filter(attempt -> attempt.stage().isInFlight()))
                .as("%s: every attempt has ended", crash)
                .isEmpty();
        verifyThatEachFurtherOneWasDue(crash, attempts, made);

        var charged = attempts.stream()
                .filter(attempt -> made.stream().anyMatch(row -> row.charged() && isOf(row, attempt)))
                .map(Attempt::price)
                .reduce(Usd.ZERO, Usd::plus);
        assertThat(take.cost()).as("%s: what the provider charged", crash).isEqualTo(charged);
        if (!turnsUpLater(crash)) {
            assertThat(closed(story.job).spent()).as("%s: as was told", crash).isEqualTo(charged);
        }
    }

    private void verifyThatEachFurtherOneWasDue(Crash crash, List<Attempt> attempts, List<LedgerRow> made) {
        for (var next = 1; next < attempts.size(); next++) {
            var former = attempts.get(next - 1);
            assertThat(attempts.get(next).reason())
                    .as("%s: why attempt %d was made", crash, next + 1)
                    .isNotNull();
            if (turnsUpLater(crash) && former.predictionId() != null) {
                assertThat(former.stage()).as("%s: it was stopped", crash).isEqualTo(Stage.CANCELED);
            } else {
                assertThat(former.stage())
                        .as("%s: how attempt %d is proven to have failed", crash, next)
                        .isIn(PROVEN_FAILURES);
            }
        }
        if (!turnsUpLater(crash)) {
            for (var next = 1; next < made.size(); next++) {
                assertThat(made.get(next - 1).completedAt())
                        .as("%s: the one before had ended", crash)
                        .isNotNull()
                        .isBeforeOrEqualTo(made.get(next).createdAt());
            }
        }
        if (isRefusedAtTheDoor(crash.answer())) {
            assertThat(made)
                    .as("%s: nothing was made of what was refused", crash)
                    .hasSize(1);
        }
        if (crash.answer() == Answer.REFUSED_422) {
            assertThat(made).as("%s: nothing was made", crash).isEmpty();
        }
    }

    private static boolean isRefusedAtTheDoor(Answer answer) {
        return answer.name().startsWith("REFUSED_") && answer != Answer.REFUSED_422
                || answer.name().startsWith("THROTTLED_")
                || answer == Answer.LOW_ON_CREDIT;
    }

    private static boolean turnsUpLater(Crash crash) {
        return crash.answer() == Answer.TURNS_UP_LATER || crash.answer() == Answer.TURNS_UP_MUCH_LATER;
    }

    /** Ends of the job's only take that were told; the same may be told twice. */
    private Map<End, Long> told(long job) {
        var ends = new ArrayList<End>();
        conversation.heard(TakeRendered.class, job).stream().distinct().forEach(take -> ends.add(End.RENDERED));
        conversation.heard(TakeLost.class, job).stream().distinct().forEach(take -> ends.add(End.LOST));
        conversation.heard(TakeWithdrawn.class, job).stream().distinct().forEach(take -> ends.add(End.WITHDRAWN));
        return ends.stream().collect(Collectors.groupingBy(end -> end, Collectors.counting()));
    }

    private CutClosed closed(long job) {
        return conversation.heard(CutClosed.class, job).getFirst();
    }

    /** What is printed. */
    private static final class Table {

        private static final String ROW = "%-48s %-27s %-33s %-10s %s%n";

        private final StringBuilder rows = new StringBuilder(
                "%n".formatted() + ROW.formatted("halted", "first answer", "meanwhile", "take", "attempts"));
        private final Map<String, Integer> counts = new TreeMap<>();

        void add(Story story, Take take, List<LedgerRow> made) {
            var crash = story.crash;
            var end = take.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            rows.append(ROW.formatted(
                    crash.halted(),
                    crash.answer(),
                    crash.meanwhile() == Meanwhile.NOTHING ? "" : crash.meanwhile(),
                    end,
                    take.attempts().stream()
                            .map(attempt -> attempt.stage().name())
                            .collect(Collectors.joining(", "))));
            count("takes " + end, 1);
            count("processes halted", crash.points().size());
            count("predictions made", made.size());
            made.forEach(row -> count("predictions " + row.status(), 1));
            made.stream().filter(LedgerRow::charged).forEach(row -> count("predictions charged", 1));
        }

        private void count(String what, int more) {
            counts.merge(what, more, Integer::sum);
        }

        @Override
        public String toString() {
            return rows + counts.toString();
        }
    }

    private static RequestedTake clip(String model, List<URI> photos) {
        return new RequestedTake(
                UUID.randomUUID(),
                UUID.randomUUID(),
                true,
                new TakeInput(
                        TakeKind.CLIP,
                        model,
                        "a beach",
                        photos.getFirst(),
                        photos.getLast(),
                        Duration.ofSeconds(4),
                        "16:9",
                        Map.of()));
    }

    private static CutRequested cut(long job, RequestedTake take) {
        return new CutRequested(
                job,
                1,
                UUID.randomUUID(),
                UUID.randomUUID(),
                "default",
                null,
                OnSceneFailure.PARTIAL,
                ErrorStrategy.CONTINUE_WITH_SILENCE,
                List.of(take),
                new Finish("16:9", List.of(), null),
                Configuration.BUILT_IN);
    }

    /** Two photos in the object store. */
    private List<URI> photos() throws Exception {
        try (var service = landscape.replica("spring.main.web-application-type=none")) {
            var objects = service.getBean(ObjectStore.class);
            return List.of(photo(objects, Color.ORANGE), photo(objects, Color.GREEN));
        }
    }

    private URI photo(ObjectStore objects, Color color) throws Exception {
        var image = new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.dispose();
        var file = folder.resolve(color.getRGB() + ".jpg");
        ImageIO.write(image, "jpeg", file.toFile());
        return objects.keep("assets", file, "image/jpeg");
    }

    private void order(String fault) throws Exception {
        var request = HttpRequest.newBuilder(sandbox.apiUrl().resolve("/_sandbox/faults"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(fault))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .as("%s", fault)
                    .isEqualTo(204);
        }
    }
}
