package io.showreel.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.contracts.Topics;
import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.contracts.job.JobEvent;
import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.contracts.scene.SceneRequest.CutWithdrawn;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.gateway.RunningGateway.Answer;
import io.showreel.messaging.CloudEvents;
import io.showreel.objects.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs over real HTTP, PostgreSQL, Kafka and S3; two replicas serve them. */
class JobFlowTest {

    private static final UUID CLIENT = UUID.randomUUID();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Neighbourhood neighbours = Installation.shared().neighbours;
    private static final OtherServices others = Installation.shared().others;
    private static final RunningGateway gateway = Installation.shared().gateway;
    private static final RunningGateway replica = Installation.shared().replica;

    @Test
    void a_job_goes_from_its_photos_to_a_film_that_can_be_watched(@TempDir Path folder) throws IOException {
        var campaign = neighbours.campaign(CLIENT, 8);
        var creating = gateway.sendAsync(
                "POST",
                "/api/v3/campaigns/" + campaign + "/create-job",
                "{\"num_scenes\": 4, \"music\": true, \"max_cost\": 5}",
                "X-Request-Id",
                "request-1");
        long id = await().atMost(PATIENCE).until(() -> newestJob(campaign), found -> found > 0);
        others.select(id);

        var created = creating.join();
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.json().path("data").path("storyboard_ready").asBoolean())
                .isTrue();
        assertThat(created.json().path("data").path("video_name").asString()).isEqualTo("Mountain Retreat 1");
        assertThat(created.json().path("data").path("estimated_cost").asString())
                .isEqualTo("1.8000");
        assertThat(created.json().path("links").path("self").asString()).isEqualTo("/api/v3/jobs/" + id);
        var announced = others.awaitRecord(id, JobEvent.JobCreated.class, 1);
        assertThat(OtherServices.header(announced, CloudEvents.REQUEST_ID)).contains("request-1");
        assertThat(OtherServices.header(announced, CloudEvents.TRACEPARENT))
                .hasValueSatisfying(trace -> assertThat(trace).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"));

        var storyboard =
                created.json().path("data").path("storyboard").path("etag").asString();
        assertThat(gateway.post(job(id) + "/approve", "{}", "If-Match", "\"9.9\"")
                        .status())
                .isEqualTo(412);
        var approved = gateway.post(job(id) + "/approve", "{}", "If-Match", storyboard);
        assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
        assertThat(approved.json().path("status").asString()).isEqualTo("approved");
        var again = gateway.post(job(id) + "/approve", "{}");
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.code()).isEqualTo("job_not_pending");

        var cut = others.expect(id, CutRequested.class, 1);
        assertThat(cut.takes()).hasSize(5);
        assertThat(cut.clientId()).isEqualTo(CLIENT);
        for (var take : cut.takes()) {
            others.render(cut, take);
        }
        others.close(cut, "1.80");
        var bytes = "not quite a film".repeat(1000).getBytes(UTF_8);
        var film = gateway.bean(ObjectStore.class)
                .keep("films", Files.write(folder.resolve("film.mp4"), bytes), "video/mp4");
        others.publish(cut, film, "sha", bytes.length);

        var completed = awaitStatus(replica, id, "completed");
        assertThat(completed.json().path("progress_percentage").asInt()).isEqualTo(100);
        assertThat(completed.json().path("current_stage").asString()).isEqualTo("completed");
        assertThat(completed.json().path("costs").path("actual").asString()).isEqualTo("1.8000");
        assertThat(completed.json().path("revision").asInt()).isEqualTo(1);
        var watched = replica.get(completed.json().path("video_url").asString());
        assertThat(watched.status()).isEqualTo(200);
        assertThat(watched.response().body()).isEqualTo(bytes);
        assertThat(watched.header("Cache-Control")).contains("immutable");
        var part = replica.get("/api/v3/videos/" + id + "/combined", "Range", "bytes=4-8");
        assertThat(part.status()).isEqualTo(206);
        assertThat(new String(part.response().body(), UTF_8)).isEqualTo("quite");
        assertThat(replica.get("/api/v3/videos/" + id + "/combined?v=2").status())
                .isEqualTo(404);
        assertThat(gateway.get("/api/v3/generated-videos?job_id=" + id)
                        .json()
                        .path("meta")
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(others.heard(id, CutRequested.class)).hasSize(1);
        others.expect(id, JobEvent.JobCompleted.class, 1);
    }

    @Test
    void a_waiting_client_is_woken_by_the_replica_that_heard_the_answer() {
        var campaign = neighbours.campaign(CLIENT, 4);
        var one = gateway.sendAsync("POST", create(campaign), "{}", "Prefer", "wait=30");
        var other = replica.sendAsync("POST", create(campaign), "{}", "Prefer", "wait=30");
        await().atMost(PATIENCE).until(() -> jobs(campaign) == 2);
        assertThat(one).isNotDone();
        assertThat(other).isNotDone();

        gateway.get("/api/v3/jobs?campaign_id=" + campaign)
                .json()
                .path("data")
                .forEach(job -> others.select(job.path("job_id").asLong()));
        var said = Instant.now();

        assertThat(one.join().json().path("data").path("storyboard_ready").asBoolean())
                .isTrue();
        assertThat(other.join().json().path("data").path("storyboard_ready").asBoolean())
                .isTrue();
        assertThat(Duration.between(said, Instant.now())).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void nobody_waits_who_prefers_not_to() {
        var campaign = neighbours.campaign(CLIENT, 4);

        var answer = gateway.post(create(campaign), "", "Prefer", "respond-async");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        assertThat(answer.json().path("data").path("storyboard_ready").asBoolean())
                .isFalse();
        assertThat(answer.header("Preference-Applied")).isEqualTo("respond-async");
    }

    @Test
    void polls_are_answered_from_the_cache_of_each_replica_until_the_job_changes() {
        long id = ready();
        var etag = gateway.get(job(id)).header("ETag");
        await().atMost(PATIENCE).until(() -> replica.get(job(id)).header("ETag").equals(etag));

        assertThat(replica.get(job(id), "If-None-Match", etag).status()).isEqualTo(304);
        assertThat(gateway.get(job(id), "If-None-Match", etag).status()).isEqualTo(304);

        gateway.post(job(id) + "/cancel", "");

        await().atMost(Duration.ofSeconds(3))
                .until(() -> replica.get(job(id), "If-None-Match", etag).status() == 200);
        assertThat(gateway.get(job(id)).json().path("status").asString()).isEqualTo("canceled");
    }

    @Test
    void a_kept_connection_goes_on_however_fast_its_polls_are_answered() {
        var campaign = neighbours.campaign(CLIENT, 4);
        var created = gateway.post(create(campaign), "{}", "Prefer", "wait=0");
        var self = created.json().path("links").path("self").asString();

        for (int poll = 0; poll < 500; poll++) {
            var answer = gateway.sendAsync("GET", poll % 5 == 0 ? self + "/nothing" : self, null)
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
            assertThat(answer.status()).isEqualTo(poll % 5 == 0 ? 404 : 200);
        }
    }

    @Test
    void a_twin_of_a_request_does_nothing_twice() {
        var campaign = neighbours.campaign(CLIENT, 4);
        var key = UUID.randomUUID().toString();

        var first = gateway.post(create(campaign), "{\"num_scenes\": 2}", "Idempotency-Key", key, "Prefer", "wait=0");
        var twin = replica.post(create(campaign), "{\"num_scenes\": 2}", "Idempotency-Key", key, "Prefer", "wait=0");
        var other = gateway.post(create(campaign), "{\"num_scenes\": 3}", "Idempotency-Key", key, "Prefer", "wait=0");

        assertThat(first.status()).as(first.toString()).isEqualTo(201);
        assertThat(twin.status()).isEqualTo(201);
        assertThat(twin.json().path("data").path("job_id"))
                .isEqualTo(first.json().path("data").path("job_id"));
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
        assertThat(jobs(campaign)).isEqualTo(1);

        long id = ready();
        var approveKey = UUID.randomUUID().toString();
        assertThat(gateway.post(job(id) + "/approve", "{}", "Idempotency-Key", approveKey)
                        .status())
                .isEqualTo(200);
        assertThat(replica.post(job(id) + "/approve", "{}", "Idempotency-Key", approveKey)
                        .status())
                .isEqualTo(200);
        others.expect(id, CutRequested.class, 1);
    }

    @Test
    void a_repeated_request_is_answered_whatever_became_of_the_campaign_and_uses_up_no_number() {
        var campaign = neighbours.campaign(CLIENT, 4);
        var again = new String[] {"Idempotency-Key", UUID.randomUUID().toString(), "Prefer", "wait=0"};
        var first = gateway.post(create(campaign), "{}", again);
        gateway.post(create(campaign), "{}", again);
        var next = gateway.post(create(campaign), "{}", "Prefer", "wait=0");
        neighbours.forget(campaign);

        var replayed = replica.post(create(campaign), "{}", again);

        assertThat(next.json().path("data").path("video_name").asString()).isEqualTo("Mountain Retreat 2");
        assertThat(replayed.status()).as(replayed.toString()).isEqualTo(201);
        assertThat(replayed.json().path("data").path("job_id"))
                .isEqualTo(first.json().path("data").path("job_id"));
    }

    @Test
    void a_canceled_job_ends_when_render_has_closed_every_take() {
        long id = ready();
        gateway.post(job(id) + "/approve", "{}");
        var cut = others.expect(id, CutRequested.class, 1);
        others.render(cut, cut.takes().getFirst());

        var canceling = gateway.post(job(id) + "/cancel", "");
        assertThat(canceling.status()).as(canceling.toString()).isEqualTo(200);
        assertThat(canceling.json().path("current_stage").asString()).isEqualTo("canceling");
        others.expect(id, CutWithdrawn.class, 1);
        others.withdraw(cut, cut.takes().getLast());
        others.close(cut, "0.40");

        var canceled = awaitStatus(gateway, id, "canceled");
        assertThat(canceled.json().path("costs").path("actual").asString()).isEqualTo("0.4000");
        others.expect(id, JobEvent.JobCanceled.class, 1);
        assertThat(gateway.post(job(id) + "/retry", "").code()).isEqualTo("job_not_retryable");
    }

    @Test
    void a_retry_after_a_partial_film_renders_only_the_lost_scene() {
        long id = ready();
        gateway.post(job(id) + "/approve", "{}");
        var cut = others.expect(id, CutRequested.class, 1);
        var lost = cut.takes().getLast();
        others.render(cut, cut.takes().getFirst());
        others.lose(cut, lost);
        others.close(cut, "0.40");
        others.publish(cut, URI.create("s3://showreel/films/partial.mp4"), "sha", 5, lost.sceneId());
        var partial = awaitStatus(gateway, id, "completed");
        assertThat(partial.json().path("current_stage").asString()).isEqualTo("completed_partial");
        assertThat(partial.json().path("error").path("scene_id").asString())
                .isEqualTo(lost.sceneId().toString());
        assertThat(gateway.get(job(id) + "/scenes")
                        .json()
                        .path("completed_scenes")
                        .asInt())
                .isEqualTo(1);

        assertThat(gateway.post(job(id) + "/retry", "{}").status()).isEqualTo(200);
        var next = others.expect(id, CutRequested.class, 2);

        assertThat(next.cut()).isEqualTo(2);
        assertThat(next.takes().getFirst().takeId())
                .isEqualTo(cut.takes().getFirst().takeId());
        assertThat(next.takes().getLast().takeId()).isNotEqualTo(lost.takeId());
        assertThat(gateway.post(job(id) + "/retry", "{}").status()).isEqualTo(409);
        next.takes().forEach(take -> others.render(next, take));
        others.close(next, "0.80");
        others.publish(next, URI.create("s3://showreel/films/full.mp4"), "sha2", 5);
        await().atMost(PATIENCE).until(() -> gateway.get(job(id))
                .json()
                .path("current_stage")
                .asString()
                .equals("completed"));
        assertThat(gateway.get(job(id)).json().path("cut").path("status").asString())
                .isEqualTo("published");
    }

    @Test
    void a_film_that_may_miss_no_scene_fails_with_one_and_is_retried_to_the_full_film() {
        long id = gateway.post(
                        create(neighbours.campaign(CLIENT, 4)),
                        "{\"num_scenes\": 2, \"on_scene_failure\": \"fail\", \"auto_approve\": true}",
                        "Prefer",
                        "wait=0")
                .json()
                .path("data")
                .path("job_id")
                .asLong();
        others.select(id);
        var cut = others.expect(id, CutRequested.class, 1);
        var kept = cut.takes().getFirst();
        var lost = cut.takes().getLast();
        others.render(cut, kept);
        others.lose(cut, lost);
        others.expect(id, CutWithdrawn.class, 1);
        others.close(cut, "0.40");

        var failed = awaitStatus(gateway, id, "failed");
        assertThat(failed.json().path("error").path("code").asString()).isEqualTo("moderated");
        assertThat(failed.json().path("error").path("scene_id").asString())
                .isEqualTo(lost.sceneId().toString());
        assertThat(failed.json().path("video_url").isNull()).isTrue();

        assertThat(gateway.post(job(id) + "/retry", "{}").status()).isEqualTo(200);
        var next = others.expect(id, CutRequested.class, 2);
        assertThat(next.takes().getFirst().takeId()).isEqualTo(kept.takeId());
        assertThat(next.takes().getLast().takeId()).isNotEqualTo(lost.takeId());
        next.takes().forEach(take -> others.render(next, take));
        others.close(next, "0.80");
        others.publish(next, URI.create("s3://showreel/films/whole.mp4"), "sha", 5);
        assertThat(awaitStatus(gateway, id, "completed").json().path("film").path("missing_scenes"))
                .isEmpty();
    }

    @Test
    void a_failed_selection_can_be_retried() {
        var campaign = neighbours.campaign(CLIENT, 4);
        long id = gateway.post(create(campaign), "{}", "Prefer", "wait=0")
                .json()
                .path("data")
                .path("job_id")
                .asLong();
        others.say(
                Topics.STORYBOARD_EVENTS,
                id,
                new StoryboardEvent.SelectionFailed(id, 1, "no_pairs", "No two photos belong together."));
        await().atMost(PATIENCE).until(() -> gateway.get(job(id))
                .json()
                .path("current_stage")
                .asString()
                .equals("selection_failed"));
        assertThat(gateway.get(job(id)).json().path("status").asString()).isEqualTo("pending");

        assertThat(gateway.post(job(id) + "/retry", "")
                        .json()
                        .path("current_stage")
                        .asString())
                .isEqualTo("selecting_scenes");
        assertThat(others.expect(id, SelectScenes.class, 2).selection()).isEqualTo(2);
    }

    @Test
    void takes_show_what_the_ledger_holds_beside_what_the_job_knows() {
        long id = ready();
        gateway.post(job(id) + "/approve", "{}");
        var cut = others.expect(id, CutRequested.class, 1);
        var take = cut.takes().getFirst().takeId();
        neighbours.ledger(id, """
                {"takes": [{"take_id": "%s", "status": "running", "object": "s3://x/y", "predictions": [{"prediction_id": "p1", "status": "processing"}]}]}
                """.formatted(take));

        var takes = gateway.get(job(id) + "/takes").json().path("data");

        assertThat(takes).hasSize(2);
        assertThat(takes.get(0).path("predictions").get(0).path("prediction_id").asString())
                .isEqualTo("p1");
        assertThat(takes.get(0).path("status").asString()).isEqualTo("running");
        assertThat(takes.get(0).has("object")).isFalse();
        assertThat(takes.get(0).path("kind").asString()).isEqualTo("clip");
        assertThat(takes.get(1).path("predictions")).isEmpty();
    }

    @Test
    void what_can_not_be_made_is_refused_at_once_and_says_why() {
        var campaign = neighbours.campaign(CLIENT, 4);
        var square = gateway.post(create(campaign), "{\"aspect_ratio\": \"1:1\", \"clip_duration\": 9}");
        assertThat(square.status()).isEqualTo(422);
        assertThat(square.json().path("error").path("details").propertyNames())
                .containsExactlyInAnyOrder("aspect_ratio", "clip_duration");
        assertThat(details(gateway.post(create(campaign), "{\"video_model\": \"nobody/nothing\"}"), "video_model"))
                .contains("unknown");
        assertThat(details(gateway.post(create(campaign), "{\"video_model\": \"google/veo-3\"}"), "video_model"))
                .contains("end at a given photo");
        assertThat(details(gateway.post(create(campaign), "{\"voiceover\": true}"), "voiceover"))
                .contains("not available yet");
        assertThat(details(gateway.post(create(campaign), "{\"transition\": \"explode\"}"), "transition"))
                .contains("dissolve");
        assertThat(details(gateway.post(create(campaign), "{\"num_scenes\": 21}"), "num_scenes"))
                .isNotEmpty();
        assertThat(details(gateway.post(create(campaign), "{\"nonsense\": 1}"), "nonsense"))
                .isNotEmpty();
        assertThat(gateway.post(create(neighbours.campaign(CLIENT, 1)), "{}").code())
                .isEqualTo("no_assets");
        assertThat(gateway.post(create(UUID.randomUUID()), "{}").code()).isEqualTo("not_found");
        assertThat(gateway.get("/api/v3/jobs/999999999").status()).isEqualTo(404);
        assertThat(gateway.get("/api/v3/jobs/x").status()).isEqualTo(404);
        assertThat(jobs(campaign)).isZero();
    }

    @Test
    void pairs_and_property_photos_are_ordered_at_their_own_addresses() {
        var campaign = neighbours.campaign(CLIENT, 8);
        var pairs = gateway.post(
                "/api/v3/jobs/from-image-pairs",
                "{\"campaign_id\": \"%s\", \"num_pairs\": 3}".formatted(campaign),
                "Prefer",
                "wait=0");
        assertThat(pairs.status()).as(pairs.toString()).isEqualTo(201);
        assertThat(pairs.json().path("type").asString()).isEqualTo("image_pairs");
        assertThat(pairs.json().path("scene_count").asInt()).isEqualTo(3);
        assertThat(pairs.json().path("links").path("approve").asString()).endsWith("/approve");
        var property = gateway.post(
                "/api/v3/jobs/from-property-photos",
                "{\"campaign_id\": \"%s\", \"property_types\": [\"kitchen\", \"exterior\"]}".formatted(campaign),
                "Prefer",
                "wait=0");
        assertThat(property.json().path("type").asString()).isEqualTo("property_photos");
        assertThat(others.expect(property.json().path("job_id").asLong(), SelectScenes.class, 1)
                        .wish()
                        .sceneTypes())
                .containsExactly("kitchen", "exterior");
    }

    @Test
    void a_job_is_cut_with_the_transitions_that_it_was_created_with() {
        var created = gateway.post(
                create(neighbours.campaign(CLIENT, 4)),
                "{\"num_scenes\": 2, \"transition\": \"dissolve\", \"auto_approve\": true}",
                "Prefer",
                "respond-async");
        var id = created.json().path("data").path("job_id").asLong();
        assertThat(others.select(id).wish().transition()).isEqualTo("dissolve");
        assertThat(others.expect(id, CutRequested.class, 1).finish().scenes())
                .extracting(scene -> scene.transition().kind())
                .containsExactly("dissolve", "dissolve");
    }

    private static String details(Answer answer, String field) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("validation_failed");
        return answer.json().path("error").path("details").path(field).toString();
    }

    /** A job of two scenes that waits for approval. */
    private static long ready() {
        var campaign = neighbours.campaign(CLIENT, 4);
        long id = gateway.post(create(campaign), "{\"num_scenes\": 2}", "Prefer", "wait=0")
                .json()
                .path("data")
                .path("job_id")
                .asLong();
        others.select(id);
        await().atMost(PATIENCE).until(() -> gateway.get(job(id))
                .json()
                .path("current_stage")
                .asString()
                .equals("storyboard_ready"));
        return id;
    }

    private static Answer awaitStatus(RunningGateway at, long id, String status) {
        return await().atMost(PATIENCE)
                .until(
                        () -> at.get(job(id)),
                        answer -> answer.json().path("status").asString().equals(status));
    }

    private static long newestJob(UUID campaign) {
        return gateway.get("/api/v3/jobs?campaign_id=" + campaign)
                .json()
                .path("data")
                .path(0)
                .path("job_id")
                .asLong(0);
    }

    private static int jobs(UUID campaign) {
        return gateway.get("/api/v3/jobs?campaign_id=" + campaign)
                .json()
                .path("meta")
                .path("total")
                .asInt();
    }

    private static String create(UUID campaign) {
        return "/api/v3/campaigns/" + campaign + "/create-job";
    }

    private static String job(long id) {
        return "/api/v3/jobs/" + id;
    }
}
