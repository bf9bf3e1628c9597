package io.showreel.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.Configuration;
import io.showreel.contracts.scene.SceneEvent.CutClosed;
import io.showreel.contracts.scene.SceneEvent.TakeLost;
import io.showreel.contracts.scene.SceneEvent.TakeRendered;
import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.contracts.scene.SceneRequest.ErrorStrategy;
import io.showreel.contracts.scene.SceneRequest.Finish;
import io.showreel.contracts.scene.SceneRequest.OnSceneFailure;
import io.showreel.contracts.scene.SceneRequest.RequestedTake;
import io.showreel.contracts.scene.SceneRequest.TakeInput;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.objects.ObjectStore;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.Take;
import io.showreel.sandbox.Sandbox;
import io.showreel.sandbox.Settings;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process of render-service is halted at a named point of a take, and the next one finds what it left: the provider
 * may have made a prediction that is on no record, or not. Whatever it finds, the take ends, and at most one prediction
 * of it succeeds. Each process but the last is halted, too, at the point of the take after.
 */
class CrashPointsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration UNTIL_HALTED = Duration.ofMinutes(4);
    private static final long FIRST_JOB = 700_000;

    /** In turns, so that a take's answer doesn't meet the one before, which may still be on its way. */
    private static final List<String> MODELS =
            List.of("google/veo-3.1-fast", "google/veo-3.1", "google/veo-3-fast", "google/veo-3");

    /** What the provider does with the take's first submission. */
    private enum Answer {
        ACCEPTED(null),
        ANSWER_CUT_OFF("'fault': 'drop_answer'"),
        ANSWERED_504("'fault': 'drop_answer', 'status': 504"),
        REFUSED_503("'fault': 'refuse_create', 'status': 503"),
        THROTTLED_429("'fault': 'refuse_create', 'answer': 'throttled_by_body'"),
        FAILED_E6716("'fault': 'fail_run', 'failure': 'E6716'"),
        MODERATED_E005("'fault': 'fail_run', 'failure': 'E005'");

        private final @Nullable String fault;

        Answer(@Nullable String fault) {
            this.fault = fault;
        }
    }

    private record Crash(String point, Answer answer) {}

    /** The points where most is at stake. */
    private static final List<Crash> REPRESENTATIVE = List.of(
            new Crash("after committing submitting", Answer.ACCEPTED),
            new Crash("after submit", Answer.ACCEPTED),
            new Crash("after submit", Answer.REFUSED_503),
            new Crash("after committing unknown", Answer.ANSWER_CUT_OFF),
            new Crash("before committing fetching", Answer.ACCEPTED),
            new Crash("after keep", Answer.ACCEPTED),
            new Crash("before committing queued", Answer.FAILED_E6716));

    @TempDir
    private Path folder;

    private Sandbox sandbox;
    private Landscape landscape;
    private Conversation conversation;
    private List<URI> photos;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(Settings.in(folder.resolve("sandbox")).instantly());
        landscape = new Landscape(sandbox, folder.resolve("scratch"));
        conversation = new Conversation();
    }

    @AfterEach
    void stop() throws Exception {
        conversation.close();
        sandbox.close();
    }

    @Test
    void a_process_halted_where_most_is_at_stake_pays_no_take_twice_and_loses_none() throws Exception {
        haltAtEach(REPRESENTATIVE);
    }

    @Test
    @Tag("nightly")
    void a_process_halted_anywhere_pays_no_take_twice_and_loses_none() throws Exception {
        haltAtEach(everyPoint());
    }

    private static List<Crash> everyPoint() {
        var crashes = new ArrayList<Crash>();
        addAround(crashes, "fetch", Answer.ACCEPTED);
        addAround(crashes, "upload", Answer.ACCEPTED);
        addAround(crashes, "submit", Answer.values());
        addAround(crashes, "committing submitting", Answer.values());
        addAround(crashes, "committing running", Answer.ACCEPTED, Answer.FAILED_E6716, Answer.MODERATED_E005);
        addAround(crashes, "committing unknown", Answer.ANSWER_CUT_OFF, Answer.ANSWERED_504, Answer.REFUSED_503);
        addAround(crashes, "find", Answer.ANSWER_CUT_OFF, Answer.ANSWERED_504, Answer.REFUSED_503);
        addAround(crashes, "committing queued", Answer.REFUSED_503, Answer.THROTTLED_429, Answer.FAILED_E6716);
        addAround(crashes, "look", Answer.ACCEPTED, Answer.FAILED_E6716, Answer.MODERATED_E005);
        addAround(crashes, "committing fetching", Answer.ACCEPTED);
        addAround(crashes, "keep", Answer.ACCEPTED);
        addAround(crashes, "committing rendered", Answer.ACCEPTED);
        addAround(crashes, "committing lost", Answer.MODERATED_E005);
        return crashes;
    }

    private static void addAround(List<Crash> crashes, String step, Answer... answers) {
        for (var answer : answers) {
            crashes.add(new Crash("before " + step, answer));
            crashes.add(new Crash("after " + step, answer));
        }
    }

    private void haltAtEach(List<Crash> crashes) throws Exception {
        var photos = photos();
        var takes = new ArrayList<RequestedTake>();
        for (var crash : crashes) {
            var take = clip(MODELS.get(takes.size() % MODELS.size()), photos);
            takes.add(take);
            haltAt(crash, FIRST_JOB + takes.size(), take);
        }
        try (var survivor = landscape.replica("spring.main.web-application-type=none")) {
            var ledger = survivor.getBean(Ledger.class);
            var table = new StringBuilder(
                    "%n%-30s %-15s %-9s %s%n".formatted("halted", "first answer", "take", "attempts"));
            for (var index = 0; index < crashes.size(); index++) {
                var job = FIRST_JOB + index + 1;
                var closed = conversation.awaitClosed(job, 1);
                var entry = ledger.find(takes.get(index).takeId()).block(TIMEOUT);
                verify(crashes.get(index), job, entry.take(), closed);
                table.append("%-30s %-15s %-9s %s%n"
                        .formatted(
                                crashes.get(index).point(),
                                crashes.get(index).answer(),
                                closed.rendered() == 1 ? "rendered" : "lost",
                                entry.take().attempts().stream()
                                        .map(attempt -> attempt.stage().name())
                                        .collect(Collectors.joining(", "))));
            }
            System.out.println(table);
        }
    }

    private void haltAt(Crash crash, long job, RequestedTake take) throws Exception {
        var fault = crash.answer().fault;
        if (fault != null) {
            order("{%s, 'times': 1, 'model': '%s'}"
                    .formatted(fault, take.input().model())
                    .replace('\'', '"'));
        }
        var process = landscape.process(
                CrashingRender.class,
                Map.of(CrashingRender.POINT, crash.point(), CrashingRender.JOB, String.valueOf(job)));
        try {
            conversation.say(cut(job, take), job);
            assertThat(process.waitFor(UNTIL_HALTED.toSeconds(), TimeUnit.SECONDS))
                    .as("%s was reached", crash)
                    .isTrue();
            assertThat(process.exitValue()).as("%s", crash).isEqualTo(CrashingRender.HALTED);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Our ledger, the provider's and what was told agree. */
    private void verify(Crash crash, long job, Take take, CutClosed closed) {
        var attempts = take.attempts();
        var made = sandbox.ledger().stream()
                .filter(row -> attempts.stream()
                        .anyMatch(attempt -> attempt.token().toString().equals(row.attempt())
                                || row.predictionId().equals(attempt.predictionId())))
                .toList();
        var succeeded =
                made.stream().filter(row -> row.status().equals("succeeded")).count();
        var rendered =
                conversation.heard(TakeRendered.class, job).stream().distinct().count();
        var lost = conversation.heard(TakeLost.class, job).stream().distinct().count();

        assertThat(succeeded).as("%s: at most one succeeds", crash).isLessThanOrEqualTo(1);
        assertThat(rendered + lost).as("%s: it ended once", crash).isEqualTo(1);
        assertThat(rendered).as("%s: what was paid is not thrown away", crash).isEqualTo(succeeded);
        assertThat(made).as("%s: every prediction is on record", crash).allMatch(row -> attempts.stream()
                .anyMatch(attempt -> row.predictionId().equals(attempt.predictionId())));
        assertThat(closed.spent().amount())
                .as("%s: what the provider charged", crash)
                .isEqualByComparingTo(take.latest().price().amount().multiply(BigDecimal.valueOf(succeeded)));
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
                    .isEqualTo(204);
        }
    }
}
