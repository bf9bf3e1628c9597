package io.showreel.gateway;

import static org.awaitility.Awaitility.await;

import io.showreel.contracts.Topics;
import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.contracts.video.VideoEvent;
import io.showreel.objects.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A job whose film is a file that a test brings along; so are each of its clips, their thumbnails, and all else that is
 * shown of it but the track.
 */
record FinishedJob(long id, CutRequested cut) {

    private static final String TRACK = """
            WEBVTT

            00:00:00.000 --> 00:00:05.000
            sprite.jpg#xywh=0,0,160,90

            00:00:05.000 --> 00:00:10.000
            sprite.jpg#xywh=160,0,160,90
            """;

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
        cut.takes().stream()
                .filter(take -> take.sceneId() != null)
                .forEach(take -> there.others.say(
                        Topics.VIDEO_EVENTS,
                        id,
                        new VideoEvent.ClipShown(id, cut.cut(), take.takeId(), take.sceneId(), object)));
        there.others.say(
                Topics.VIDEO_EVENTS,
                id,
                new VideoEvent.FilmPublished(
                        id,
                        cut.cut(),
                        object,
                        object,
                        "sha",
                        film.toFile().length(),
                        1920,
                        1080,
                        240,
                        Duration.ofSeconds(10),
                        List.of(),
                        "copy"));
        there.others.say(
                Topics.VIDEO_EVENTS,
                id,
                new VideoEvent.FilmShown(
                        id, cut.cut(), object, new VideoEvent.Showcase(object, object, track(gateway))));
        await().atMost(PATIENCE)
                .until(() ->
                        gateway.get("/api/v3/jobs/" + id).json().path("film").hasNonNull("sprite_url"));
        return new FinishedJob(id, cut);
    }

    /** As stitch-service writes it. */
    private static URI track(RunningGateway gateway) {
        try {
            var file = Files.createTempFile("track", ".vtt");
            Files.writeString(file, TRACK);
            var kept = gateway.bean(ObjectStore.class).keep("films", file, "text/vtt");
            Files.delete(file);
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String film() {
        return "/api/v3/videos/" + id + "/combined";
    }
}
