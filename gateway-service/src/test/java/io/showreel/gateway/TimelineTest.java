package io.showreel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.contracts.scene.SceneRequest.CutRequested;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What happened to a job, as it is listed and followed on two replicas. */
class TimelineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final UUID CLIENT = UUID.randomUUID();
    private static final Neighbourhood neighbours = Installation.shared().neighbours;
    private static final OtherServices others = Installation.shared().others;
    private static final RunningGateway gateway = Installation.shared().gateway;
    private static final RunningGateway replica = Installation.shared().replica;

    @Test
    void everybody_is_told_the_same_in_the_same_order_whichever_replica_tells_it() {
        long id = create();
        try (var here = Followed.open(gateway, id);
                var there = Followed.open(replica, id)) {
            others.select(id);
            await().atMost(PATIENCE).until(() -> there.names().contains("storyboard_ready"));
            assertThat(gateway.post(job(id) + "/approve", "{}").status()).isEqualTo(200);
            var cut = others.expect(id, CutRequested.class, 1);
            others.render(cut, cut.takes().get(0));
            others.render(cut, cut.takes().get(0));
            others.lose(cut, cut.takes().get(1));
            others.close(cut, "0.40");
            await().atMost(PATIENCE)
                    .until(() ->
                            here.names().contains("cut_closed") && there.names().contains("cut_closed"));

            assertThat(there.moments()).isEqualTo(here.moments());
            assertThat(here.names())
                    .containsExactly(
                            "job_created",
                            "storyboard_ready",
                            "job_approved",
                            "cut_requested",
                            "take_rendered",
                            "take_lost",
                            "cut_closed");
            assertThat(there.events)
                    .filteredOn(event -> event.name().equals("progress"))
                    .last()
                    .satisfies(event -> {
                        assertThat(event.id()).isNull();
                        assertThat(event.data().path("current_stage").asString())
                                .isEqualTo("partial_rendering_complete");
                    });
            var listed = replica.get(job(id) + "/events").json();
            assertThat(listed.path("data").valueStream())
                    .containsExactlyElementsOf(
                            here.moments().stream().map(Followed.Event::data).toList());
            assertThat(listed.path("data").valueStream().map(moment -> moment.path("id")
                            .asInt()))
                    .containsExactly(1, 2, 3, 4, 5, 6, 7);
            assertThat(gateway.get(job(id) + "/events?limit=1&offset=4")
                            .json()
                            .path("data")
                            .path(0)
                            .path("scene_id")
                            .asString())
                    .isEqualTo(cut.takes().get(0).sceneId().toString());
        }
    }

    @Test
    void a_follower_goes_on_at_another_replica_when_its_own_shuts_down() {
        long id = create();
        var leaving = Installation.shared().start(Map.of());
        var first = Followed.open(leaving, id);
        await().atMost(PATIENCE).until(() -> first.names().contains("job_created"));

        leaving.close();
        assertThat(first.ended.orTimeout(5, TimeUnit.SECONDS)).succeedsWithin(Duration.ofSeconds(5));
        others.select(id);
        var last = first.moments().getLast().id();
        try (var second = Followed.open(replica, id, "Last-Event-ID", last)) {
            await().atMost(PATIENCE).until(() -> !second.moments().isEmpty());

            assertThat(second.names()).containsExactly("storyboard_ready");
        }
    }

    @Test
    void a_silent_stream_shows_that_it_lives() {
        long id = create();
        try (var lively = Installation.shared().start(Map.of("showreel.events.heartbeat", "100ms"));
                var followed = Followed.open(lively, id)) {
            await().atMost(PATIENCE)
                    .until(() -> followed.comments.stream()
                                    .filter("heartbeat"::equals)
                                    .count()
                            >= 3);
            assertThat(followed.response.headers().firstValue("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void nobody_follows_what_he_may_not_see() {
        long id = create();
        var ours = Map.<String, Object>of(
                "showreel.api-keys[0].name",
                "ours",
                "showreel.api-keys[0].sha256",
                sha256("key"),
                "showreel.api-keys[0].client-ids",
                CLIENT,
                "showreel.api-keys[1].name",
                "theirs",
                "showreel.api-keys[1].sha256",
                sha256("other"),
                "showreel.api-keys[1].client-ids",
                UUID.randomUUID());
        try (var guarded = Installation.shared().start(ours)) {
            for (var accept : new String[] {"application/json", "text/event-stream"}) {
                var refused = guarded.get(job(id) + "/events", "X-API-Key", "other", "Accept", accept);
                assertThat(refused.status()).isEqualTo(404);
                assertThat(refused.code()).isEqualTo("not_found");
            }
            assertThat(guarded.get(job(id) + "/events").status()).isEqualTo(401);
            assertThat(guarded.get(job(id) + "/events", "X-API-Key", "key").status())
                    .isEqualTo(200);
        }
        assertThat(gateway.get("/api/v3/jobs/999999999/events").status()).isEqualTo(404);
    }

    private static long create() {
        var created = gateway.post(
                "/api/v3/campaigns/" + neighbours.campaign(CLIENT, 4) + "/create-job",
                "{\"num_scenes\": 2}",
                "Prefer",
                "wait=0");
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.json().path("data").path("job_id").asLong();
    }

    private static String job(long id) {
        return "/api/v3/jobs/" + id;
    }

    private static String sha256(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
