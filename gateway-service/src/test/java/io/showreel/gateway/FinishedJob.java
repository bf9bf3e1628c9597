package io.showreel.gateway;

import static org.awaitility.Awaitility.await;

import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.objects.ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** A job whose film is a file that a test brings along, and so is each of its clips. */
record FinishedJob(long id, CutRequested cut) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static FinishedJob with(Path film) {
        return with(film, UUID.randomUUID());
    }

    static FinishedJob with(Path film, UUID client) {
        var there = Installation.shared();
        var gateway = there.gateway;
        var campaign = there.neighbours.campaign(client, 4);
        long id = gateway.post(
                        "/api/v3/campaigns/" + campaign + "/create-job",
                        "{\"num_scenes\": 2, \"auto_approve\": true}",
                        "Prefer",
                        "wait=0")
                .json()
                .path("data")
                .path("job_id")
                .asLong();
        there.others.select(id);
        var cut = there.others.expect(id, CutRequested.class, 1);
        var object = gateway.bean(ObjectStore.class).keep("films", film, "video/mp4");
        cut.takes().forEach(take -> there.others.render(cut, take, object));
        there.others.close(cut, "0.80");
        there.others.publish(cut, object, "sha", film.toFile().length());
        await().atMost(PATIENCE).until(() -> gateway.get("/api/v3/jobs/" + id)
                .json()
                .path("status")
                .asString()
                .equals("completed"));
        return new FinishedJob(id, cut);
    }

    String film() {
        return "/api/v3/videos/" + id + "/combined";
    }
}
