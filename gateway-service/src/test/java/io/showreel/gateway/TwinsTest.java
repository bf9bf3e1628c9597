package io.showreel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.gateway.RunningGateway.Answer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;

/** Requests that are sent again, by impatient clients, to any replica, and after a crash. */
class TwinsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Neighbourhood neighbours = Installation.shared().neighbours;
    private static final OtherServices others = Installation.shared().others;
    private static final RunningGateway gateway = Installation.shared().gateway;
    private static final RunningGateway replica = Installation.shared().replica;
    private static final Films films = new Films(gateway, others);

    private final UUID campaign = neighbours.campaign(UUID.randomUUID(), 4);

    @Test
    void fifty_parallel_twins_create_one_job() {
        var path = "/api/v3/campaigns/" + campaign + "/create-job";
        var key = key();

        var answers = twins(path, "{\"num_scenes\": 2}", key);

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(201));
        assertThat(answers)
                .extracting(answer -> answer.json().path("data").path("job_id").asLong())
                .containsOnly(jobs().getFirst());
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void fifty_parallel_twins_render_a_scene_anew_once() {
        long job = films.ready(campaign, 1).getFirst();
        gateway.post(job(job) + "/approve", "{}");
        films.finish(job, 1);
        films.awaitStage(job, "completed");
        var scene = gateway.get(job(job) + "/scenes")
                .json()
                .path("scenes")
                .path(0)
                .path("id")
                .asString();

        var answers = twins(job(job) + "/scenes/" + scene + "/regenerate", "{}", key());

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        others.expect(job, CutRequested.class, 2);
        films.finish(job, 2);
        await().atMost(PATIENCE)
                .until(() -> gateway.get(job(job)).json().path("revision").asInt() == 2);
        assertThat(others.heard(job, CutRequested.class)).hasSize(2);
    }

    /** Each is sent three times: to one replica, to the other, and with another body. */
    @Test
    void whatever_is_asked_of_a_job_is_done_once_for_a_key() {
        long job = films.ready(campaign, 1).getFirst();

        twice(job, "/scenes", """
                {"prompt": "a pan", "asset_ids": ["%s", "%s"]}""".formatted(new UUID(0, 1), new UUID(0, 2)), 201);
        assertThat(gateway.get(job(job) + "/scenes").json().path("total_scenes").asInt())
                .isEqualTo(3);
        twice(job, "/approve", "{\"max_cost\": 9}", 200);
        var cut = others.expect(job, CutRequested.class, 1);
        cut.takes().forEach(take -> others.lose(cut, take));
        others.close(cut, "0");
        films.awaitStage(job, "failed");
        twice(job, "/retry", "{\"max_cost\": 10}", 200);
        films.finish(job, 2);
        films.awaitStage(job, "completed");
        twice(job, "/cut", "{\"max_cost\": 11}", 200);
        others.expect(job, CutRequested.class, 3);
        twice(job, "/cancel", "", 200);
        var third = others.expect(job, CutRequested.class, 3);
        third.takes().forEach(take -> others.render(third, take));
        others.close(third, "1");
        await().atMost(PATIENCE).until(() -> gateway.get(job(job))
                .json()
                .path("cut")
                .path("status")
                .asString()
                .equals("canceled"));
        twice(job, "/renditions", "{\"aspect_ratio\": \"1:1\"}", 200);
        assertThat(gateway.get(job(job)).json().path("renditions")).hasSize(1);
        assertThat(others.heard(job, CutRequested.class)).hasSize(3);
    }

    @Test
    void another_selection_is_asked_for_once_for_a_key() {
        long job = films.ready(campaign, 1).getFirst();
        var key = new String[] {"Idempotency-Key", key(), "Prefer", "wait=0"};

        assertThat(gateway.post(job(job) + "/storyboard", "", key).status()).isEqualTo(200);
        assertThat(replica.post(job(job) + "/storyboard", "", key).status()).isEqualTo(200);

        others.expect(job, SelectScenes.class, 2);
        assertThat(gateway.get(job(job)).json().path("current_stage").asString())
                .isEqualTo("selecting_scenes");
    }

    @Test
    void an_expired_key_is_as_good_as_none() {
        var path = "/api/v3/campaigns/" + campaign + "/create-job";
        var key = key();
        gateway.post(path, "{}", "Idempotency-Key", key, "Prefer", "wait=0");
        gateway.bean(DatabaseClient.class)
                .sql("update idempotency_key set created_at = created_at - interval '25 hours' where key = $1")
                .bind(0, key)
                .then()
                .block(PATIENCE);

        var again = replica.post(path, "{\"num_scenes\": 3}", "Idempotency-Key", key, "Prefer", "wait=0");

        assertThat(again.status()).as(again.toString()).isEqualTo(201);
        assertThat(jobs()).hasSize(2);
    }

    @Test
    void a_replica_that_crashes_between_the_effect_and_its_answer_has_done_it_once() throws Exception {
        long job = films.ready(campaign, 1).getFirst();
        var key = key();
        try (var crashing = Installation.shared().startCrashing(job)) {
            Supplier<Answer> approval =
                    () -> crashing.gateway().post(job(job) + "/approve", "{}", "Idempotency-Key", key);
            assertThat(catchThrowable(approval::get)).as("no answer").isNotNull();
            assertThat(crashing.process().waitFor()).isEqualTo(CrashingGateway.CODE);
        }
        // It had no time to tell the others, who may therefore show a page that they drew up to five seconds ago.
        films.awaitStage(job, "starting_render");

        var again = replica.post(job(job) + "/approve", "{}", "Idempotency-Key", key);

        assertThat(again.status()).as(again.toString()).isEqualTo(200);
        assertThat(again.json().path("status").asString()).isIn("approved", "processing");
        assertThat(replica.post(job(job) + "/approve", "{}").code()).isEqualTo("job_not_pending");
        others.expect(job, CutRequested.class, 1);
        assertThat(replica.post(job(job) + "/approve", "{\"max_cost\": 1}", "Idempotency-Key", key)
                        .code())
                .isEqualTo("idempotency_key_reused");
        assertThat(others.heard(job, CutRequested.class)).hasSize(1);
    }

    private void twice(long job, String what, String body, int status) {
        var key = key();
        var first = gateway.post(job(job) + what, body, "Idempotency-Key", key);
        assertThat(first.status()).as(first.toString()).isEqualTo(status);
        var twin = replica.post(job(job) + what, body, "Idempotency-Key", key);
        assertThat(twin.status()).as(twin.toString()).isEqualTo(status);
        if (!body.isEmpty()) {
            var other = body.contains("max_cost")
                    ? "{\"max_cost\": 99}"
                    : body.replace("1:1", "9:16").replace("a pan", "a tilt");
            assertThat(gateway.post(job(job) + what, other, "Idempotency-Key", key)
                            .code())
                    .as(what)
                    .isEqualTo("idempotency_key_reused");
        }
    }

    /** Half of them at each replica; who is told that the first still runs asks again. */
    private static List<Answer> twins(String path, String body, String key) {
        var requests = IntStream.range(0, 50)
                .<Callable<Answer>>mapToObj(n -> () -> await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(100))
                        .until(
                                () -> (n % 2 == 0 ? gateway : replica)
                                        .post(path, body, "Idempotency-Key", key, "Prefer", "wait=0"),
                                answer -> answer.status() != 409 || answer.header("Retry-After") == null))
                .toList();
        return Films.all(requests, requests.size());
    }

    private List<Long> jobs() {
        return gateway.get("/api/v3/jobs?campaign_id=" + campaign)
                .json()
                .path("data")
                .valueStream()
                .map(job -> job.path("job_id").asLong())
                .toList();
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static String job(long id) {
        return "/api/v3/jobs/" + id;
    }
}
