package io.showreel.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.contracts.job.JobEvent.MediaRetired;
import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.objects.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.r2dbc.core.DatabaseClient;

/** Films and clips that were replaced longer ago than they are kept, in the real tables and over the API. */
class RetirementFlowTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final OtherServices others = Installation.shared().others;
    private static final RunningGateway gateway = Installation.shared().gateway;
    private static final RunningGateway replica = Installation.shared().replica;
    private static final Films films = new Films(gateway, others);

    @TempDir
    private Path folder;

    @Test
    void only_what_nobody_needs_is_given_up_and_everything_else_can_be_returned_to() throws IOException {
        var campaign = Installation.shared().neighbours.campaign(UUID.randomUUID(), 4);
        var jobs = films.ready(campaign, 2);
        long busy = jobs.getFirst();
        long job = jobs.getLast();
        film(busy, 1, "a steady shot");
        film(busy, 2, "a sweeping crane shot");
        edit(busy, "a lateral truck");
        gateway.post(job(busy) + "/cut", "{}");
        others.expect(busy, CutRequested.class, 3);
        var first = film(job, 1, "a steady shot");
        var second = film(job, 2, "a sweeping crane shot");
        var third = film(job, 3, "a lateral truck");
        assertThat(gateway.post(job(job) + "/revisions/2/restore", "").status()).isEqualTo(200);
        var urls = revisions(job);
        assertThat(urls.keySet()).containsExactlyInAnyOrder(1, 2, 3, 4);
        assertThat(watch(gateway, urls.get(1))).isEqualTo("a steady shot");
        age(busy, 2);
        age(job, 3);

        // Whoever starts looks at once.
        try (var started = Installation.shared().start(Map.of("showreel.jobs.keep", "1h"))) {
            var retired = others.expect(job, MediaRetired.class, 1);
            assertThat(retired.cuts()).as("the second is served as the fourth").containsExactly(1);
            assertThat(retired.takes()).containsExactly(firstTake(first));
            assertThat(started.get(urls.get(1)).status()).isEqualTo(404);
        }

        assertThat(others.heard(busy, MediaRetired.class)).as("a cut is open").isEmpty();
        assertThat(revisions(busy).keySet()).containsExactlyInAnyOrder(1, 2);
        assertThat(revisions(job).keySet()).containsExactlyInAnyOrder(3, 4);
        for (var at : List.of(gateway, replica)) {
            await().atMost(PATIENCE).until(() -> at.get(urls.get(1)).status() == 404);
            assertThat(watch(at, urls.get(3))).isEqualTo("a lateral truck");
            assertThat(watch(at, urls.get(4))).isEqualTo("a sweeping crane shot");
        }
        assertThat(gateway.post(job(job) + "/revisions/1/restore", "").status()).isEqualTo(404);
        assertThat(goBack(job, firstTake(first))).isEqualTo(422);
        assertThat(goBack(job, firstTake(third))).isEqualTo(200);
        assertThat(goBack(job, firstTake(second))).isEqualTo(200);
        var restored = gateway.post(job(job) + "/revisions/3/restore", "");
        assertThat(restored.json().path("revision").asInt())
                .as(restored.toString())
                .isEqualTo(5);
        assertThat(others.heard(job, MediaRetired.class)).hasSize(1);
    }

    /** Makes the nth film, of a first scene with this prompt, which is also all that the film shows. */
    private CutRequested film(long job, int nth, String prompt) throws IOException {
        edit(job, prompt);
        gateway.post(job(job) + (nth == 1 ? "/approve" : "/cut"), "{}");
        var cut = others.expect(job, CutRequested.class, nth);
        cut.takes().forEach(take -> others.render(cut, take));
        others.close(cut, "0.80");
        var file = Files.writeString(folder.resolve(UUID.randomUUID() + ".mp4"), prompt);
        others.publish(
                cut,
                gateway.bean(ObjectStore.class).keep("films", file, "video/mp4"),
                "sha" + prompt.hashCode(),
                prompt.length());
        await().atMost(PATIENCE)
                .until(() -> gateway.get(job(job)).json().path("revision").asInt() == nth);
        return cut;
    }

    private static void edit(long job, String prompt) {
        var edited = gateway.send("PUT", scene(job), "{\"prompt\": \"" + prompt + "\"}");
        assertThat(edited.status()).as(edited.toString()).isEqualTo(200);
    }

    private static int goBack(long job, UUID take) {
        return gateway.send("PUT", scene(job) + "/take", "{\"take_id\": \"" + take + "\"}")
                .status();
    }

    private static String scene(long job) {
        return job(job) + "/scenes/"
                + gateway.get(job(job) + "/scenes").json().at("/scenes/0/id").asString();
    }

    private static UUID firstTake(CutRequested cut) {
        return cut.takes().getFirst().takeId();
    }

    /** As if the cuts up to this one had ended a little more than an hour earlier. */
    private static void age(long job, int upTo) {
        gateway.bean(DatabaseClient.class)
                .sql(
                        "update job_cut set ended_at = ended_at - interval '61 minutes' where job_id = $1 and number <= $2")
                .bind(0, (int) job)
                .bind(1, upTo)
                .then()
                .block(PATIENCE);
    }

    /** Where each is served. */
    private static Map<Integer, String> revisions(long job) {
        return gateway.get(job(job) + "/revisions")
                .json()
                .path("data")
                .valueStream()
                .collect(Collectors.toMap(film -> film.path("revision").asInt(), film -> film.path("video_url")
                        .asString()));
    }

    private static String watch(RunningGateway at, String url) {
        return new String(at.get(url).response().body(), UTF_8);
    }

    private static String job(long id) {
        return "/api/v3/jobs/" + id;
    }
}
