package io.showreel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.contracts.Topics;
import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneEvent.TakePhase;
import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.contracts.scene.SceneRequest.RequestedTake;
import io.showreel.contracts.video.VideoEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What render and stitch say of a cut reaches the fields of the job and of its scenes. */
class JobFieldsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final OtherServices others = Installation.shared().others;
    private static final RunningGateway gateway = Installation.shared().gateway;
    private static final Films films = new Films(gateway, others);

    private long id;
    private CutRequested cut;

    @BeforeEach
    void approve_a_job() {
        var campaign = Installation.shared().neighbours.campaign(UUID.randomUUID(), 4);
        id = films.ready(campaign, 1).getFirst();
        gateway.post(job() + "/approve", "{}");
        cut = others.expect(id, CutRequested.class, 1);
    }

    @Test
    void a_job_says_what_it_waits_for_until_it_goes_on() {
        var take = cut.takes().getFirst();
        var broke = "The provider's account has no credit.";
        others.say(
                Topics.SCENE_EVENTS,
                id,
                new SceneEvent.TakeProgressed(id, 1, take.takeId(), take.sceneId(), TakePhase.QUEUED, 3, null, broke));
        assertThat(awaitHold(broke).path("queue_position").asInt()).isEqualTo(3);
        others.say(
                Topics.SCENE_EVENTS,
                id,
                new SceneEvent.TakeStarted(
                        id, 1, take.takeId(), take.sceneId(), take.input().kind(), "p1", "model", 1));
        assertThat(awaitHold("").path("current_stage").asString()).isEqualTo("waiting_prediction");

        cut.takes().forEach(one -> others.render(cut, one));
        others.say(Topics.VIDEO_EVENTS, id, new VideoEvent.CuttingHeld(id, 1, "disk_full", "There is no room."));
        awaitHold("There is no room.");
        others.say(Topics.VIDEO_EVENTS, id, new VideoEvent.CuttingProgressed(id, 1, 10));
        assertThat(awaitHold("").path("status").asString()).isEqualTo("processing");
    }

    @Test
    void a_scene_shows_what_was_seen_of_its_clip() {
        render(
                cut.takes().getFirst(),
                new SceneEvent.Quality(
                        1920, 1080, 24, Duration.ofMillis(4_042), Duration.ZERO, Duration.ofMillis(500), 0.93, null));
        render(cut.takes().getLast(), null);

        var scenes = await().atMost(PATIENCE)
                .until(
                        () -> gateway.get(job() + "/scenes").json(),
                        shown -> shown.path("completed_scenes").asInt() == 2)
                .path("scenes");
        var quality = scenes.path(0).path("quality");
        assertThat(quality.path("width").asInt()).isEqualTo(1920);
        assertThat(quality.path("height").asInt()).isEqualTo(1080);
        assertThat(quality.path("frames_per_second").asDouble()).isEqualTo(24);
        assertThat(quality.path("duration").asDouble()).isEqualTo(4.042);
        assertThat(quality.path("black").asDouble()).isZero();
        assertThat(quality.path("frozen").asDouble()).isEqualTo(0.5);
        assertThat(quality.path("first_frame").asDouble()).isEqualTo(0.93);
        assertThat(quality.path("last_frame").isNull()).isTrue();
        assertThat(scenes.path(1).path("quality").isNull()).isTrue();
        assertThat(gateway.get(job() + "/scenes/" + scenes.path(0).path("id").asString())
                        .json()
                        .path("quality"))
                .isEqualTo(quality);
    }

    @Test
    void a_job_shows_how_long_its_takes_could_and_did_last_and_how_its_film_was_cut() {
        cut.takes().forEach(take -> others.render(cut, take));
        others.say(
                Topics.SCENE_EVENTS,
                id,
                new SceneEvent.CutClosed(
                        id,
                        1,
                        2,
                        0,
                        0,
                        Usd.of("0.80"),
                        Usd.of("0.80"),
                        Duration.ofMillis(12_500),
                        Duration.ofSeconds(20)));
        var scene = cut.takes().getLast().sceneId();
        var film = URI.create("s3://showreel/films/fields.mp4");
        others.say(
                Topics.VIDEO_EVENTS,
                id,
                new VideoEvent.FilmPublished(
                        id,
                        1,
                        film,
                        null,
                        "sha",
                        5,
                        1920,
                        1080,
                        192,
                        Duration.ofSeconds(8),
                        List.of(),
                        "normalise",
                        null,
                        List.of(new VideoEvent.Choice(scene, "transition", "window", "A dissolve of 0.5 s.")),
                        Duration.ofMillis(1_250)));

        films.awaitStage(id, "completed");
        var shown = gateway.get(job()).json();
        assertThat(shown.at("/cut/bound_seconds").asDouble()).isEqualTo(12.5);
        assertThat(shown.at("/cut/actual_seconds").asDouble()).isEqualTo(20);
        assertThat(shown.at("/film/duration").asDouble()).isEqualTo(8);
        assertThat(shown.at("/film/stitching_seconds").asDouble()).isEqualTo(1.25);
        var plan = shown.at("/film/plan");
        assertThat(plan).hasSize(1);
        assertThat(plan.path(0).path("scene_id").asString()).isEqualTo("" + scene);
        assertThat(plan.path(0).path("subject").asString()).isEqualTo("transition");
        assertThat(plan.path(0).path("way").asString()).isEqualTo("window");
        assertThat(plan.path(0).path("reason").asString()).isEqualTo("A dissolve of 0.5 s.");
    }

    private void render(RequestedTake take, SceneEvent.Quality quality) {
        others.say(
                Topics.SCENE_EVENTS,
                id,
                new SceneEvent.TakeRendered(
                        id,
                        1,
                        take.takeId(),
                        take.sceneId(),
                        take.input().kind(),
                        "prediction-" + take.takeId(),
                        take.input().model(),
                        URI.create("s3://showreel/takes/" + take.takeId() + ".mp4"),
                        "video/mp4",
                        1000,
                        take.input().length(),
                        Usd.of("0.40"),
                        1,
                        quality));
    }

    /** @param hold empty if nothing holds it */
    private JsonNode awaitHold(String hold) {
        return await().atMost(PATIENCE).until(() -> gateway.get(job()).json(), shown -> shown.path("hold")
                .asString("")
                .equals(hold));
    }

    private String job() {
        return "/api/v3/jobs/" + id;
    }
}
