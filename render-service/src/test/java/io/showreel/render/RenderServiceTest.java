package io.showreel.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.showreel.contracts.Configuration;
import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneEvent.CutClosed;
import io.showreel.contracts.scene.SceneEvent.LossReason;
import io.showreel.contracts.scene.SceneEvent.TakeLost;
import io.showreel.contracts.scene.SceneEvent.TakeProgressed;
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
import io.showreel.messaging.LeasedWork;
import io.showreel.messaging.WireJson;
import io.showreel.objects.ObjectStore;
import io.showreel.render.studio.Answer;
import io.showreel.render.studio.Order;
import io.showreel.render.studio.Studio;
import io.showreel.render.take.Attempt;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Fact;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.Queues;
import io.showreel.render.take.RenderTakes;
import io.showreel.render.take.Symptom;
import io.showreel.render.take.Take;
import io.showreel.render.take.Trace;
import io.showreel.sandbox.Sandbox;
import io.showreel.sandbox.Settings;
import io.showreel.sandbox.inspection.LedgerRow;
import io.showreel.sandbox.media.Rendering;
import io.showreel.sandbox.webhook.WebhookSettings;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The whole service between a real broker, a real database, a real object store and the provider's stand-in. */
class RenderServiceTest {

    private static final String MODEL = "google/veo-3.1-fast";
    private static final Usd PRICE = Usd.of("0.40");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** Longer than an answer is waited for. */
    private static final Duration LONG_AGO = Duration.ofSeconds(4);

    private static final AtomicLong JOBS = new AtomicLong();

    @TempDir
    private static Path folder;

    private static Sandbox sandbox;
    private static Landscape landscape;
    private static ConfigurableApplicationContext service;
    private static Conversation conversation;
    private static List<URI> photos;

    private final long job = JOBS.incrementAndGet();
    private final int madeBefore = sandbox.ledger().size();

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.start(
                Settings.in(folder.resolve("sandbox")).withRendering(Rendering.DEFAULT.withClipScale(0.1)));
        landscape = new Landscape(sandbox, folder.resolve("scratch"));
        service = landscape.replica();
        conversation = new Conversation();
        var objects = service.getBean(ObjectStore.class);
        photos = List.of(photo(objects, Color.ORANGE), photo(objects, Color.GREEN));
    }

    @AfterAll
    static void stop() throws Exception {
        conversation.close();
        service.close();
        sandbox.close();
    }

    @AfterEach
    void no_folder_is_left_behind() throws Exception {
        var scratch = Path.of(service.getEnvironment().getRequiredProperty("showreel.scratch.folder"));
        try (var files = Files.walk(scratch)) {
            assertThat(files.map(scratch::relativize)
                            .filter(file -> file.getNameCount() > 1)
                            .filter(file -> !file.getName(1).endsWith("frames")))
                    .isEmpty();
        }
    }

    @Test
    void a_cut_of_four_scenes_and_its_music_is_rendered_once_each() throws Exception {
        var takes = Stream.concat(clips(4).stream(), Stream.of(music())).toList();
        request(1, takes, null);

        var closed = conversation.awaitClosed(job, 1);

        assertThat(closed.rendered()).isEqualTo(5);
        assertThat(closed.cost()).isEqualTo(Usd.of("1.80"));
        assertThat(closed.spent()).isEqualTo(Usd.of("1.80"));
        assertThat(closed.bound()).isPositive().isLessThan(closed.actual());
        var rendered = conversation.heard(TakeRendered.class, job);
        assertThat(rendered).extracting(TakeRendered::takeId).containsExactlyInAnyOrderElementsOf(ids(takes));
        assertThat(rendered).allMatch(take -> take.attempts() == 1);
        assertThat(conversation.heard(TakeStarted.class, job)).hasSize(5);
        assertThat(rendered).filteredOn(take -> take.kind() == TakeKind.CLIP).allSatisfy(take -> {
            assertThat(take.quality()).isNotNull();
            assertThat(take.quality().length()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
            assertThat(take.quality().firstFrame()).isGreaterThan(0.8);
        });
        for (var take : rendered) {
            var object = service.getBean(ObjectStore.class).stat(take.object());
            assertThat(object.size()).isEqualTo(take.size());
            assertThat(take.object().toString()).contains("/takes/");
            assertThat(take.contentType()).isEqualTo(take.kind() == TakeKind.CLIP ? "video/mp4" : object.contentType());
        }
        assertThat(made()).hasSize(5).allMatch(row -> row.status().equals("succeeded") && row.charged());
        var told = takesOfJob();
        assertThat(told).hasSize(5);
        var ledgerIds = made().stream().map(LedgerRow::predictionId).toList();
        for (var take : told) {
            assertThat(take.path("status").asString()).isEqualTo("rendered");
            assertThat(take.path("predictions")).hasSize(1);
            assertThat(ledgerIds)
                    .contains(take.path("predictions")
                            .path(0)
                            .path("prediction_id")
                            .asString());
        }
    }

    @Test
    void the_same_cut_again_and_a_second_cut_of_the_same_takes_pay_nothing() {
        var takes = clips(2);
        request(1, takes, null);
        conversation.awaitClosed(job, 1);

        request(1, takes, null);
        request(2, takes, null);
        var closed = conversation.awaitClosed(job, 2);

        assertThat(closed.rendered()).isEqualTo(2);
        assertThat(closed.cost()).isEqualTo(Usd.ZERO);
        assertThat(closed.spent()).isEqualTo(Usd.of("0.80"));
        assertThat(made()).hasSize(2);
        assertThat(conversation.heard(TakeRendered.class, job))
                .extracting(TakeRendered::cut)
                .containsExactlyInAnyOrder(1, 1, 2, 2);
    }

    @Test
    void a_cut_withdrawn_before_it_was_requested_starts_nothing() {
        conversation.say(new CutWithdrawn(job, 1, WithdrawalReason.CANCELED), job);
        request(1, clips(3), null);

        var closed = conversation.awaitClosed(job, 1);

        assertThat(closed.withdrawn()).isEqualTo(3);
        assertThat(closed.cost()).isEqualTo(Usd.ZERO);
        assertThat(conversation.heard(TakeWithdrawn.class, job)).hasSize(3);
        assertThat(made()).isEmpty();
    }

    @Test
    void a_cut_withdrawn_while_it_renders_stops_what_runs_and_starts_no_more() {
        var takes = clips(8);
        request(1, takes, null);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !conversation.heard(TakeStarted.class, job).isEmpty());
        conversation.say(new CutWithdrawn(job, 1, WithdrawalReason.CANCELED), job);

        var closed = conversation.awaitClosed(job, 1);

        assertThat(closed.rendered() + closed.withdrawn()).isEqualTo(8);
        assertThat(closed.withdrawn()).isGreaterThan(0);
        assertThat(made()).hasSizeLessThan(8).allMatch(row -> row.completedAt() != null);
        assertThat(closed.spent()).as("what was spent until then").isEqualTo(toldCosts());
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void a_prediction_whose_answer_was_lost_is_adopted(CapturedOutput log) throws Exception {
        fault("""
                {"fault": "drop_answer", "times": 1}
                """);
        request(1, clips(1), null);

        var closed = conversation.awaitClosed(job, 1);

        assertThat(closed.rendered()).isEqualTo(1);
        assertThat(closed.spent()).isEqualTo(PRICE);
        assertThat(made()).hasSize(1);
        assertThat(takesOfJob().getFirst().path("predictions")).hasSize(1);
        assertThat(log.getOut().lines().filter(line -> line.contains("Nobody knows whether attempt")))
                .as("what a worker says, says for whom")
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("job=" + job + " request=request-" + job + " "));
    }

    @Test
    void music_has_no_frame_and_is_adopted_by_its_seed() throws Exception {
        fault("""
                {"fault": "drop_answer", "times": 1, "status": 504}
                """);
        request(1, List.of(music()), null);

        assertThat(conversation.awaitClosed(job, 1).rendered()).isEqualTo(1);
        assertThat(made()).hasSize(1);
    }

    @Test
    void an_attempt_proven_absent_is_submitted_again_and_on_record() throws Exception {
        fault("""
                {"fault": "refuse_create", "times": 1, "status": 503}
                """);
        request(1, clips(1), null);

        var closed = conversation.awaitClosed(job, 1);

        assertThat(closed.rendered()).isEqualTo(1);
        assertThat(closed.spent()).isEqualTo(PRICE);
        assertThat(made()).hasSize(1);
        var predictions = takesOfJob().getFirst().path("predictions");
        assertThat(predictions).hasSize(2);
        assertThat(predictions.path(0).path("status").asString()).isEqualTo("absent");
        assertThat(predictions.path(1).path("reason").asString()).startsWith("ABSENT");
    }

    @Test
    void a_throttled_submission_waits_and_is_sent_again() throws Exception {
        fault("""
                {"fault": "refuse_create", "times": 1, "status": 429, "body": "{\\"detail\\":\\"throttled\\",\\"retry_after\\":1}"}
                """);
        request(1, clips(1), null);

        assertThat(conversation.awaitClosed(job, 1).rendered()).isEqualTo(1);
        assertThat(made()).hasSize(1);
        assertThat(takesOfJob()
                        .getFirst()
                        .path("predictions")
                        .path(0)
                        .path("status")
                        .asString())
                .isEqualTo("not_sent");
    }

    @Test
    void a_prediction_that_could_not_start_is_made_again() throws Exception {
        fault("""
                {"fault": "fail_run", "times": 2, "error": "Director: unexpected error handling prediction (E6716)"}
                """);
        request(1, clips(1), null);

        var closed = conversation.awaitClosed(job, 1);

        assertThat(closed.rendered()).isEqualTo(1);
        assertThat(made()).hasSize(3);
        assertThat(made()).filteredOn(row -> row.status().equals("succeeded")).hasSize(1);
        assertThat(conversation.heard(TakeRendered.class, job).getFirst().attempts())
                .isEqualTo(3);
    }

    @Test
    void what_moderation_flags_is_lost_and_not_tried_again() throws Exception {
        fault("""
                {"fault": "fail_run", "times": 1, "error": "The input or output was flagged as sensitive. (E005)"}
                """);
        request(1, clips(1), null);

        var closed = conversation.awaitClosed(job, 1);

        assertThat(closed.lost()).isEqualTo(1);
        assertThat(conversation.heard(TakeLost.class, job).getFirst().reason()).isEqualTo(LossReason.MODERATED);
        assertThat(made()).hasSize(1);
    }

    @Test
    void nothing_is_started_beyond_the_spending_cap() {
        request(1, clips(3), Usd.of("0.90"));

        var closed = conversation.awaitClosed(job, 1);

        assertThat(closed.rendered()).isEqualTo(2);
        assertThat(closed.lost()).isEqualTo(1);
        assertThat(conversation.heard(TakeLost.class, job).getFirst().reason()).isEqualTo(LossReason.CAP_REACHED);
        assertThat(closed.spent()).isEqualTo(Usd.of("0.80"));
        assertThat(made()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"402, UNPAID, no credit", "401, UNAUTHENTICATED, key"})
    void without_credit_or_key_the_queue_waits_says_so_and_goes_on_by_itself(int status, String kind, String told)
            throws Exception {
        var meter = service.getBean(MeterRegistry.class)
                .counter("showreel.account.refused", "account", "default", "kind", kind);
        var refusedBefore = meter.count();
        fault("""
                {"fault": "refuse_create", "times": 2, "status": %d, "body": "{\\"detail\\":\\"not now\\"}"}
                """.formatted(status));
        request(1, clips(2), null);

        await().atMost(Duration.ofSeconds(10)).until(() -> conversation.heard(TakeProgressed.class, job).stream()
                .anyMatch(progress -> progress.hold() != null && progress.hold().contains(told)));
        assertThat(service.getBean(MeterRegistry.class)
                        .get("showreel.account.held")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(conversation.awaitClosed(job, 1).rendered()).isEqualTo(2);
        assertThat(made()).hasSize(2);
        assertThat(meter.count() - refusedBefore)
                .as("one submission at a time finds out")
                .isEqualTo(2);
        assertThat(attemptsOf(takesOfJob()))
                .filteredOn(attempt -> attempt.path("status").asString().equals("not_sent"))
                .allMatch(attempt -> attempt.path("symptom").asString().equalsIgnoreCase(kind));
    }

    @Test
    void a_provider_that_fails_one_submission_after_the_other_is_left_alone_for_ever_longer() throws Exception {
        fault("""
                {"fault": "refuse_create", "times": 5, "status": 503}
                """);
        request(1, clips(4), null);

        await().atMost(Duration.ofSeconds(10)).until(() -> conversation.heard(TakeProgressed.class, job).stream()
                .anyMatch(progress -> progress.hold() != null && progress.hold().contains("as it should")));
        assertThat(conversation.awaitClosed(job, 1).rendered()).isEqualTo(4);
        assertThat(made()).hasSize(4);
    }

    @Test
    void a_job_far_behind_hears_why_nothing_is_submitted_and_then_its_place_and_its_end() throws Exception {
        fault("""
                {"fault": "refuse_create", "times": 1000, "status": 402, "body": "{\\"detail\\":\\"not now\\"}"}
                """);
        var before =
                IntStream.range(0, 50).mapToObj(n -> new RenderServiceTest()).toList();
        before.forEach(other -> other.request(1, slow(other.clips(2)), null));
        var ledger = service.getBean(Ledger.class);
        await().until(() -> ledger.queue("default", 200).count().block(TIMEOUT) >= 98);
        var late = new RenderServiceTest();
        var takes = slow(late.clips(3));
        late.request(1, takes, null);

        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> late.told().stream()
                    .anyMatch(news -> news.hold() != null && news.queuePosition() > 40));
            forgiveFaults();
            await().atMost(Duration.ofSeconds(60)).until(() -> late.told().stream()
                    .anyMatch(news -> news.hold() == null && news.queuePosition() > 40));
            var last = takes.getLast().takeId();
            var end = await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> late.told().stream()
                                    .filter(news -> news.takeId().equals(last))
                                    .map(TakeProgressed::expectedAt)
                                    .findFirst()
                                    .orElse(null),
                            Objects::nonNull);
            assertThat(end)
                    .as("it is the last of a hundred or so, of which two are rendered at once in four minutes")
                    .isAfter(Instant.now().plus(Duration.ofMinutes(120)));
            assertThat(late.told()).as("not of each step").hasSizeLessThan(20);
        } finally {
            forgiveFaults();
            var all = Stream.concat(before.stream(), Stream.of(late)).toList();
            all.forEach(
                    other -> conversation.say(new CutWithdrawn(other.job, 1, WithdrawalReason.CANCELED), other.job));
            all.forEach(other -> conversation.awaitClosed(other.job, 1));
        }
    }

    private List<TakeProgressed> told() {
        return conversation.heard(TakeProgressed.class, job).stream()
                .filter(news -> news.queuePosition() != null)
                .toList();
    }

    @Test
    void an_account_low_on_credit_submits_at_the_rate_that_it_is_told() throws Exception {
        fault("""
                {"fault": "refuse_create", "times": 1, "status": 429, "body": "{\\"detail\\":\\"Your rate limit for creating predictions is reduced to 60 requests per minute with a burst of 1 requests. Your rate limit resets in ~1s.\\"}"}
                """);
        request(1, clips(3), null);

        assertThat(conversation.awaitClosed(job, 1).rendered()).isEqualTo(3);
        var starts = made().stream().map(LedgerRow::createdAt).sorted().toList();
        assertThat(starts).hasSize(3);
        for (var i = 1; i < starts.size(); i++) {
            assertThat(Duration.between(starts.get(i - 1), starts.get(i))).isGreaterThan(Duration.ofMillis(800));
        }
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(service.getBean(MeterRegistry.class)
                        .get("showreel.account.slow")
                        .gauge()
                        .value())
                .as("back to the usual by itself")
                .isZero());
    }

    @Test
    void a_model_that_fails_again_and_again_is_replaced_by_its_fallback() throws Exception {
        fault("""
                {"fault": "fail_run", "model": "google/veo-3-fast", "times": 3, "error": "high demand (E003)"}
                """);
        var input = new TakeInput(
                TakeKind.CLIP,
                "google/veo-3-fast",
                "a",
                photos.getFirst(),
                null,
                Duration.ofSeconds(4),
                "16:9",
                Map.of());
        request(1, List.of(new RequestedTake(UUID.randomUUID(), UUID.randomUUID(), true, input)), null);

        assertThat(conversation.awaitClosed(job, 1).rendered()).isEqualTo(1);
        assertThat(conversation.heard(TakeRendered.class, job).getFirst().model())
                .isEqualTo(Landscape.FALLBACK);
        var take = takesOfJob().getFirst();
        assertThat(take.path("model").asString()).isEqualTo("google/veo-3-fast");
        assertThat(attemptsOf(List.of(take)))
                .extracting(attempt -> attempt.path("model").asString())
                .containsExactly("google/veo-3-fast", "google/veo-3-fast", "google/veo-3-fast", Landscape.FALLBACK);
    }

    @Test
    void jobs_take_turns() {
        var large = clips(6);
        request(1, large, null, "shared");
        var ledger = service.getBean(Ledger.class);
        await().until(() -> ledger.queue("shared", 10).count().block(TIMEOUT) == 6);
        var small = new RenderServiceTest();
        var few = small.clips(2);
        small.request(1, few, null, "shared");
        await().until(() -> ledger.queue("shared", 10).count().block(TIMEOUT) == 8);

        var expected = Stream.of(large.get(0), few.get(0), large.get(1), few.get(1), large.get(2), large.get(3))
                .map(RequestedTake::takeId)
                .toList();
        assertThat(queue(ledger, 6)).isEqualTo(expected);
        assertThat(ledger.next("shared", List.of(), 6)
                        .map(Entry::takeId)
                        .collectList()
                        .block(TIMEOUT))
                .isEqualTo(expected);
        assertThat(ledger.next("shared", List.of(MODEL), 6).collectList().block(TIMEOUT))
                .isEmpty();

        attempt(large.getFirst().takeId(), UUID.randomUUID(), Instant.now(), Map.of("prompt", "x"));
        assertThat(queue(ledger, 3))
                .as("what a job has in flight counts as its turn")
                .containsExactly(
                        few.get(0).takeId(), large.get(1).takeId(), few.get(1).takeId());
    }

    private static List<UUID> queue(Ledger ledger, int limit) {
        return ledger.queue("shared", limit)
                .map(Ledger.Waiting::takeId)
                .collectList()
                .block(TIMEOUT);
    }

    @Test
    void a_photo_that_is_gone_loses_its_take_for_nothing() {
        var gone = new RequestedTake(
                UUID.randomUUID(),
                UUID.randomUUID(),
                true,
                input("x", URI.create("s3://showreel/assets/gone.jpg"), photos.getLast()));
        request(1, List.of(gone), null);

        assertThat(conversation.awaitClosed(job, 1).lost()).isEqualTo(1);
        assertThat(made()).isEmpty();
    }

    @Test
    void two_replicas_together_keep_the_pace_and_the_slots_of_one() {
        try (var second = landscape.replica("spring.main.web-application-type=none")) {
            assertThat(second.isRunning()).isTrue();
            request(1, clips(8), null);
            assertThat(conversation.awaitClosed(job, 1).rendered()).isEqualTo(8);
        }
        assertThat(made()).hasSize(8);
        assertThat(mostAtOnce(made())).isBetween(1, Landscape.MAX_CONCURRENCY);
        var starts = made().stream().map(LedgerRow::createdAt).sorted().toList();
        for (var i = 1; i < starts.size(); i++) {
            assertThat(Duration.between(starts.get(i - 1), starts.get(i)))
                    .isGreaterThan(Duration.ofMillis(Landscape.DELAY_MS / 2));
        }
    }

    @Test
    void a_prediction_that_its_dead_sender_had_made_is_adopted() {
        var take = attemptedByHand();
        assertThat(service.getBean(Studio.class).submit(take.order())).isInstanceOf(Answer.Success.class);

        var closed = conversation.awaitClosed(job, 1);

        assertThat(closed.rendered()).isEqualTo(1);
        assertThat(made()).hasSize(1);
        assertThat(conversation.heard(TakeRendered.class, job).getFirst().attempts())
                .isEqualTo(1);
    }

    @Test
    void an_attempt_that_its_dead_sender_never_sent_is_proven_absent_and_made_again() {
        var take = attemptedByHandBefore(LONG_AGO);

        assertThat(conversation.awaitClosed(job, 1).rendered()).isEqualTo(1);
        assertThat(state(take).attempts())
                .extracting(Attempt::stage)
                .containsExactly(Attempt.Stage.ABSENT, Attempt.Stage.SUCCEEDED);
        assertThat(made()).hasSize(1);
    }

    @Test
    void the_takes_of_another_account_wait_for_whoever_has_its_key() {
        var takes = clips(1);
        request(1, takes, null, "another");
        request(2, clips(2), null);

        assertThat(conversation.awaitClosed(job, 2).rendered()).isEqualTo(2);
        assertThat(made()).hasSize(2);
        var other =
                service.getBean(Ledger.class).find(takes.getFirst().takeId()).block(TIMEOUT);
        assertThat(other.take()).isEqualTo(Take.requested());
    }

    @Test
    void what_another_account_has_under_way_is_given_up_when_nobody_looks_after_it_any_more() {
        var take = music();
        request(1, List.of(take), null, "another");
        var ledger = service.getBean(Ledger.class);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> ledger.find(take.takeId()).blockOptional(TIMEOUT).isPresent());
        attempt(take.takeId(), UUID.randomUUID(), Instant.now().minus(Duration.ofHours(7)), Map.of("seed", (int) job));
        conversation.say(new CutWithdrawn(job, 1, WithdrawalReason.CANCELED), job);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> ledger.find(take.takeId()).block(TIMEOUT).take() instanceof Take.Submitting submitting
                        && submitting.unwanted());

        service.getBean(DatabaseClient.class)
                .sql("update take set changed_at = now() - interval '7 hours' where take_id = :take")
                .bind("take", take.takeId())
                .then()
                .then(service.getBean(LeasedWork.class).schedule("forsaken", "forsaken", Instant.now()))
                .as(service.getBean(TransactionalOperator.class)::transactional)
                .block(TIMEOUT);

        var closed = conversation.awaitClosed(job, 1);
        assertThat(closed.lost()).isEqualTo(1);
        assertThat(closed.spent()).as("it counts as paid").isEqualTo(Usd.of("0.20"));
    }

    @Test
    void a_prediction_that_the_provider_does_not_know_any_more_waits_for_a_person() {
        var take = attemptedByHand();
        service.getBean(RenderTakes.class)
                .record(take.takeId(), new Fact.Accepted(take.order().token(), "forgotten-" + job))
                .block(TIMEOUT);

        await().atMost(Duration.ofSeconds(15))
                .until(() -> !conversation.heard(TakeUnverifiable.class, job).isEmpty());
        assertThat(state(take).latest().symptom()).isEqualTo(Symptom.GONE);
        conversation.say(new TakeResolved(job, take.takeId(), true), job);
        assertThat(conversation.awaitClosed(job, 1).lost()).isEqualTo(1);
    }

    @Test
    void a_signed_webhook_ends_a_take_once() throws Exception {
        var take = attemptedByHand();
        var takes = service.getBean(RenderTakes.class);
        takes.record(take.takeId(), new Fact.Accepted(take.order().token(), "prediction-" + job))
                .block(TIMEOUT);
        var body = """
                {"id": "prediction-%d", "status": "failed", "error": "flagged as sensitive (E005)", "new": 1}
                """.formatted(job);

        assertThat(signedWebhook("msg-" + job, body).statusCode()).isEqualTo(204);
        assertThat(signedWebhook("msg-" + job, body).statusCode()).isEqualTo(204);

        assertThat(conversation.awaitClosed(job, 1).lost()).isEqualTo(1);
        assertThat(conversation.heard(TakeLost.class, job)).hasSize(1);
        assertThat(state(take)).isInstanceOfSatisfying(Take.Lost.class, lost -> assertThat(lost.reason())
                .isEqualTo(LossReason.MODERATED));
    }

    @Test
    void a_prediction_that_turns_up_after_its_attempt_was_made_again_is_canceled() throws Exception {
        var take = attemptedByHandBefore(LONG_AGO);
        conversation.awaitClosed(job, 1);

        assertThatItIsCanceled(take);
    }

    @Test
    void a_prediction_that_turns_up_after_its_take_was_withdrawn_is_canceled() throws Exception {
        var take = attemptedByHand();
        conversation.say(new CutWithdrawn(job, 1, WithdrawalReason.CANCELED), job);
        assertThat(conversation.awaitClosed(job, 1).withdrawn()).isEqualTo(1);

        assertThatItIsCanceled(take);
    }

    @Test
    void an_attempt_too_old_to_be_proven_absent_waits_for_a_person_who_permits_another() throws Exception {
        var take = unverifiable();
        conversation.say(new TakeResolved(job, take.takeId(), false), job);

        assertThat(conversation.awaitClosed(job, 1).rendered()).isEqualTo(1);
        assertThat(made()).hasSize(1);
        assertThat(state(take).attempts())
                .extracting(Attempt::stage)
                .containsExactly(Attempt.Stage.ABSENT, Attempt.Stage.SUCCEEDED);
        assertThat(state(take).latest().reason()).contains("a person said so");
    }

    @Test
    void what_a_person_says_was_paid_is_lost_and_its_price_counts() {
        var take = unverifiable();
        conversation.say(new TakeResolved(job, take.takeId(), true), job);

        var closed = conversation.awaitClosed(job, 1);
        assertThat(closed.lost()).isEqualTo(1);
        assertThat(closed.spent()).isEqualTo(Usd.of("0.20"));
        assertThat(conversation.heard(TakeLost.class, job).getFirst().reason()).isEqualTo(LossReason.WRITTEN_OFF);
        assertThat(made()).isEmpty();
    }

    @Test
    void what_nobody_could_verify_counts_as_paid_when_it_is_withdrawn() {
        unverifiable();
        conversation.say(new CutWithdrawn(job, 1, WithdrawalReason.EXPIRED), job);

        var closed = conversation.awaitClosed(job, 1);
        assertThat(closed.lost()).isEqualTo(1);
        assertThat(closed.spent()).isEqualTo(Usd.of("0.20"));
    }

    private Attempted unverifiable() {
        var take = attemptedByHandBefore(Duration.ofMinutes(51));
        await().atMost(Duration.ofSeconds(15))
                .until(() -> !conversation.heard(TakeUnverifiable.class, job).isEmpty());
        assertThat(conversation.heard(TakeUnverifiable.class, job).getFirst().atStake())
                .isEqualTo(Usd.of("0.20"));
        return take;
    }

    @Test
    void a_stray_that_no_webhook_tells_of_is_found_by_looking_back_and_its_cost_is_on_record() {
        var take = attemptedByHand();
        await().atMost(Duration.ofSeconds(15))
                .until(() -> state(take).attempts().getFirst().stage() == Attempt.Stage.ABSENT);
        assertThat(service.getBean(Studio.class).submit(take.order())).isInstanceOf(Answer.Success.class);
        assertThat(conversation.awaitClosed(job, 1).rendered()).isEqualTo(1);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> state(take).attempts().getFirst().predictionId() != null);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !state(take).attempts().getFirst().stage().isInFlight());
        assertThat(state(take).attempts()).hasSize(2);
        assertThat(state(take)).isInstanceOf(Take.Rendered.class);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(conversation.heard(CutClosed.class, job))
                .as("the cut that was closed is told of it")
                .last()
                .extracting(CutClosed::spent)
                .isEqualTo(state(take).cost()));
        var charged = made().stream().filter(LedgerRow::charged).count();
        assertThat(state(take).cost().amount())
                .as("what the provider charged for both")
                .isEqualByComparingTo(Usd.of("0.20").amount().multiply(BigDecimal.valueOf(charged)));
    }

    private void assertThatItIsCanceled(Attempted take) throws Exception {
        var costBefore = state(take).cost();
        var body = """
                {"id": "late-%d", "status": "processing", "webhook": "https://us/hook?att=%s", "logs": "%s"}
                """.formatted(job, take.order().token(), "a long story ".repeat(100_000));

        assertThat(signedWebhook("late-" + job, body).statusCode()).isEqualTo(204);

        await().atMost(Duration.ofSeconds(10)).until(() -> sandbox.requests().stream()
                .anyMatch(request -> request.toString().contains("late-" + job + "/cancel")));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !state(take).attempts().getFirst().stage().isInFlight());
        assertThat(state(take).cost())
                .as("its price is on record, since nobody knows how it ended")
                .isEqualTo(costBefore.plus(Usd.of("0.20")));
    }

    @Test
    void a_webhook_of_a_stranger_s_prediction_is_accepted_and_forgotten() throws Exception {
        assertThat(signedWebhook("stranger-" + job, "{\"id\": \"stranger\", \"status\": \"succeeded\"}")
                        .statusCode())
                .isEqualTo(204);
    }

    private record Attempted(UUID takeId, Order order) {}

    /** A take whose attempt is on record, as a sender leaves it that dies before its answer. */
    private Attempted attemptedByHand() {
        return attemptedByHand(Instant.now());
    }

    /** The same, and it is time to look for it. */
    private Attempted attemptedByHandBefore(Duration age) {
        var take = attemptedByHand(Instant.now().minus(age));
        var due = service.getBean(LeasedWork.class)
                .schedule(Queues.follow("default"), take.takeId().toString(), Instant.now());
        due.as(service.getBean(TransactionalOperator.class)::transactional).block(TIMEOUT);
        return take;
    }

    private Attempted attemptedByHand(Instant at) {
        var takes = service.getBean(RenderTakes.class);
        var take = music();
        var token = UUID.randomUUID();
        var input = Map.<String, Object>of("prompt", "calm piano", "duration", 4, "seed", (int) job);
        takes.request(cut(1, List.of(take), null, "default"))
                .then(Mono.defer(() -> begin(take.takeId(), token, at, input)))
                .as(service.getBean(TransactionalOperator.class)::transactional)
                .block(TIMEOUT);
        return new Attempted(take.takeId(), new Order(token, "stability-ai/stable-audio-2.5", input));
    }

    private static void attempt(UUID takeId, UUID token, Instant at, Map<String, Object> input) {
        begin(takeId, token, at, input)
                .as(service.getBean(TransactionalOperator.class)::transactional)
                .block(TIMEOUT);
    }

    private static Mono<Void> begin(UUID takeId, UUID token, Instant at, Map<String, Object> input) {
        var ledger = service.getBean(Ledger.class);
        return ledger.find(takeId)
                .map(entry ->
                        ((Take.Queued) entry.take()).next(token, "stability-ai/stable-audio-2.5", Usd.of("0.20"), at))
                .flatMap(attempt -> service.getBean(RenderTakes.class).record(takeId, new Fact.Begun(attempt)))
                .then(Mono.defer(() -> ledger.remember(new Trace(token, List.of(), true, input), 1)));
    }

    private static Take state(Attempted take) {
        return service.getBean(Ledger.class).find(take.takeId()).block(TIMEOUT).take();
    }

    @Test
    void a_webhook_without_a_good_signature_is_refused() throws Exception {
        var now = String.valueOf(Instant.now().getEpochSecond());
        assertThat(webhook(now, "v1,AAAA").statusCode()).isEqualTo(401);
        assertThat(webhook("1614265330", "v1,AAAA").statusCode()).isEqualTo(401);
    }

    @Test
    void it_is_ready_with_its_database() throws Exception {
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    }

    @Test
    void the_models_are_told() throws Exception {
        var models = WireJson.mapper().readTree(get("/internal/models").body());
        assertThat(models.path(0).path("name").asString()).isEqualTo(MODEL);
        assertThat(models.path(0).path("price").path("per_second").asString()).isEqualTo("0.1000");
    }

    private void request(int cut, List<RequestedTake> takes, @Nullable Usd maxCost) {
        request(cut, takes, maxCost, "default");
    }

    private void request(int cut, List<RequestedTake> takes, @Nullable Usd maxCost, String account) {
        conversation.say(cut(cut, takes, maxCost, account), job);
    }

    private CutRequested cut(int cut, List<RequestedTake> takes, @Nullable Usd maxCost, String account) {
        return new CutRequested(
                job,
                cut,
                UUID.randomUUID(),
                UUID.randomUUID(),
                account,
                maxCost,
                OnSceneFailure.PARTIAL,
                ErrorStrategy.CONTINUE_WITH_SILENCE,
                takes,
                new Finish("16:9", List.of(), null),
                Configuration.BUILT_IN);
    }

    private List<RequestedTake> clips(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new RequestedTake(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        true,
                        input("scene " + number + " of job " + job, photos.getFirst(), photos.getLast())))
                .toList();
    }

    /** The same of a model that takes four minutes. */
    private static List<RequestedTake> slow(List<RequestedTake> takes) {
        return takes.stream()
                .map(take -> new RequestedTake(
                        take.takeId(),
                        take.sceneId(),
                        take.required(),
                        new TakeInput(
                                TakeKind.CLIP,
                                "minimax/hailuo-02",
                                take.input().prompt(),
                                take.input().firstFrame(),
                                take.input().lastFrame(),
                                Duration.ofSeconds(6),
                                "16:9",
                                Map.of())))
                .toList();
    }

    private static TakeInput input(String prompt, URI first, URI last) {
        return new TakeInput(TakeKind.CLIP, MODEL, prompt, first, last, Duration.ofSeconds(4), "16:9", Map.of());
    }

    private static RequestedTake music() {
        return new RequestedTake(
                UUID.randomUUID(),
                null,
                false,
                new TakeInput(
                        TakeKind.MUSIC,
                        "stability-ai/stable-audio-2.5",
                        "calm piano",
                        null,
                        null,
                        Duration.ofSeconds(4),
                        null,
                        Map.of()));
    }

    private static List<UUID> ids(List<RequestedTake> takes) {
        return takes.stream().map(RequestedTake::takeId).toList();
    }

    /** What the provider made since this test began. */
    private List<LedgerRow> made() {
        var all = sandbox.ledger();
        return all.subList(madeBefore, all.size());
    }

    private static int mostAtOnce(List<LedgerRow> rows) {
        return rows.stream()
                .mapToInt(row -> (int) rows.stream()
                        .filter(other -> !other.createdAt().isAfter(row.createdAt())
                                && other.completedAt().isAfter(row.createdAt()))
                        .count())
                .max()
                .orElse(0);
    }

    /** All that the takes of the job were said to cost. */
    private Usd toldCosts() {
        return Stream.concat(
                        conversation.heard(TakeRendered.class, job).stream().map(TakeRendered::cost),
                        conversation.heard(TakeWithdrawn.class, job).stream().map(TakeWithdrawn::cost))
                .reduce(Usd.ZERO, Usd::plus);
    }

    private static List<JsonNode> attemptsOf(List<JsonNode> takes) {
        var attempts = new ArrayList<JsonNode>();
        takes.forEach(take -> take.path("predictions").forEach(attempts::add));
        return attempts;
    }

    private List<JsonNode> takesOfJob() throws Exception {
        var takes = new ArrayList<JsonNode>();
        WireJson.mapper()
                .readTree(get("/internal/jobs/" + job + "/takes").body())
                .path("takes")
                .forEach(takes::add);
        return takes;
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(address(path)).GET());
    }

    private static HttpResponse<String> signedWebhook(String id, String body) throws Exception {
        var timestamp = String.valueOf(Instant.now().getEpochSecond());
        var secret = WebhookSettings.DEFAULT.secret();
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        var signature = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
        return send(HttpRequest.newBuilder(address("/internal/webhooks/replicate"))
                .header("webhook-id", id)
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", "v1," + Base64.getEncoder().encodeToString(signature))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> webhook(String timestamp, String signature) throws Exception {
        return send(HttpRequest.newBuilder(address("/internal/webhooks/replicate"))
                .header("webhook-id", "msg_1")
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString("{\"id\": \"x\"}")));
    }

    private static URI address(String path) {
        return URI.create("http://localhost:" + service.getEnvironment().getProperty("local.server.port") + path);
    }

    private static void fault(String json) throws Exception {
        var answer = send(HttpRequest.newBuilder(sandbox.apiUrl().resolve("/_sandbox/faults"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
        assertThat(answer.statusCode()).isEqualTo(204);
    }

    private static void forgiveFaults() throws Exception {
        send(HttpRequest.newBuilder(sandbox.apiUrl().resolve("/_sandbox/faults"))
                .DELETE());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static URI photo(ObjectStore objects, Color color) throws Exception {
        var image = new BufferedImage(1280, 720, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, 1280, 720);
        graphics.dispose();
        var file = folder.resolve(color.getRGB() + ".jpg");
        ImageIO.write(image, "jpeg", file.toFile());
        return objects.keep("assets", file, "image/jpeg");
    }
}
