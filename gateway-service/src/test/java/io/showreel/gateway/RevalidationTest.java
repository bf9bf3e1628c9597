package io.showreel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Asking again for what one knows, and waiting until it is another. */
class RevalidationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final UUID CLIENT = UUID.randomUUID();
    private static final Neighbourhood neighbours = Installation.shared().neighbours;
    private static final OtherServices others = Installation.shared().others;
    private static final RunningGateway gateway = Installation.shared().gateway;
    private static final RunningGateway replica = Installation.shared().replica;

    @Test
    void scenes_are_not_sent_again_while_nothing_changed() {
        long id = ready();
        var scenes = gateway.get(job(id) + "/scenes");
        var scene = job(id) + "/scenes/"
                + scenes.json().path("scenes").path(0).path("id").asString();
        var tag = scenes.header("ETag");
        assertThat(tag).isNotNull();
        assertThat(gateway.get(scene).header("ETag")).isEqualTo(tag);

        for (var at : new RunningGateway[] {gateway, replica}) {
            for (var path : new String[] {job(id), job(id) + "/scenes", scene}) {
                var again = at.get(path, "If-None-Match", "\"x\", W/" + tag);
                assertThat(again.status()).as(path).isEqualTo(304);
                assertThat(again.header("ETag")).isEqualTo(tag);
                assertThat(again.response().body()).isEmpty();
            }
        }

        gateway.post(job(id) + "/cancel", "");

        await().atMost(PATIENCE)
                .until(() -> replica.get(scene, "If-None-Match", tag).status() == 200);
        assertThat(gateway.get(scene, "If-None-Match", tag).header("ETag")).isNotEqualTo(tag);
        var unknown = gateway.get(job(id) + "/scenes/" + UUID.randomUUID());
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.header("ETag")).isNull();
    }

    @Test
    void who_waits_for_a_change_is_answered_with_it_from_whichever_replica_made_it() {
        long id = ready();
        var tag = replica.get(job(id)).header("ETag");
        var ofJob = replica.sendAsync("GET", job(id), null, "If-None-Match", tag, "Prefer", "wait=30");
        var ofScenes = replica.sendAsync("GET", job(id) + "/scenes", null, "If-None-Match", tag, "Prefer", "wait=30");
        assertThat(replica.get(job(id), "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(ofJob).isNotDone();

        gateway.post(job(id) + "/cancel", "");
        var said = Instant.now();

        var changed = ofJob.orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("Preference-Applied")).isEqualTo("wait=30");
        assertThat(changed.json().path("status").asString()).isEqualTo("canceled");
        assertThat(ofScenes.orTimeout(20, TimeUnit.SECONDS).join().status()).isEqualTo(200);
        assertThat(Duration.between(said, Instant.now())).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void nobody_waits_longer_than_he_wants_to_or_for_what_he_does_not_know() {
        long id = ready();
        var tag = gateway.get(job(id)).header("ETag");

        var over = gateway.sendAsync("GET", job(id), null, "If-None-Match", tag, "Prefer", "wait=1");
        assertThat(over.orTimeout(20, TimeUnit.SECONDS).join().status()).isEqualTo(304);
        var unconditional = gateway.sendAsync("GET", job(id), null, "Prefer", "wait=60");
        assertThat(unconditional.orTimeout(20, TimeUnit.SECONDS).join().status())
                .isEqualTo(200);
        var unknown =
                gateway.sendAsync("GET", "/api/v3/jobs/999999999", null, "If-None-Match", tag, "Prefer", "wait=60");
        assertThat(unknown.orTimeout(20, TimeUnit.SECONDS).join().status()).isEqualTo(404);
    }

    private static long ready() {
        long id = gateway.post(
                        "/api/v3/campaigns/" + neighbours.campaign(CLIENT, 4) + "/create-job",
                        "{\"num_scenes\": 2}",
                        "Prefer",
                        "wait=0")
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

    private static String job(long id) {
        return "/api/v3/jobs/" + id;
    }
}
