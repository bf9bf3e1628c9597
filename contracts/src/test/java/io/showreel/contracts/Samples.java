package io.showreel.contracts;

import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.job.JobEvent;
import io.showreel.contracts.job.JobType;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.contracts.video.VideoEvent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One full example of each message. */
final class Samples {

    private static final UUID CLIENT = UUID.fromString("01990000-0000-7000-8000-000000000001");
    private static final UUID CAMPAIGN = UUID.fromString("01990000-0000-7000-8000-000000000002");
    private static final UUID FIRST = UUID.fromString("01990000-0000-7000-8000-000000000011");
    private static final UUID LAST = UUID.fromString("01990000-0000-7000-8000-000000000012");
    private static final UUID SCENE = UUID.fromString("01990000-0000-7000-8000-000000000021");
    private static final UUID CLIP = UUID.fromString("01990000-0000-7000-8000-000000000031");
    private static final UUID MUSIC = UUID.fromString("01990000-0000-7000-8000-000000000032");
    private static final UUID RENDITION = UUID.fromString("01990000-0000-7000-8000-000000000041");
    private static final String SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final URI PHOTO = URI.create("s3://showreel/assets/" + SHA + ".jpg");
    private static final URI FILE = URI.create("s3://showreel/takes/" + SHA + ".mp4");
    private static final URI FILM = URI.create("s3://showreel/films/" + SHA + ".mp4");
    private static final URI POSTER = URI.create("s3://showreel/posters/" + SHA + ".jpg");
    private static final String PREDICTION = "cky59275mdrm80cpw83rcn3ej0";
    private static final String MODEL = "google/veo-3.1-fast";
    private static final Duration FOUR_SECONDS = Duration.ofSeconds(4);
    private static final Configuration CONFIGURATION =
            new Configuration(3, Map.of("image_selection", Map.of("enabled", true, "use_llm", true)));

    static final List<Record> ALL = List.of(
            new JobCommand.SelectScenes(
                    42,
                    1,
                    JobType.IMAGE_PAIRS,
                    new JobCommand.Campaign(
                            CAMPAIGN, CLIENT, "Mountain Retreat", "Quiet luxury", "bookings", "No people"),
                    List.of(new JobCommand.Photo(
                            FIRST, "Exterior 1 3", List.of("Exterior 1"), "The lake side", PHOTO, 1280, 720)),
                    new JobCommand.Wish(4, FOUR_SECONDS, "16:9", "cinematic", "ambient", "cut", List.of("exterior")),
                    CONFIGURATION),
            new StoryboardEvent.StoryboardSelected(
                    42,
                    1,
                    List.of(new StoryboardEvent.ChosenScene(
                            "Arrival",
                            "The house above the lake",
                            "Slow dolly forward over still water",
                            "hook",
                            "Exterior 1",
                            FOUR_SECONDS,
                            "cut",
                            FIRST,
                            LAST,
                            0.9,
                            "Same view, a camera move apart",
                            List.of(new StoryboardEvent.Pair(LAST, FIRST)))),
                    StoryboardEvent.Origin.MODEL,
                    "Warm strings, slow",
                    new StoryboardEvent.Effort("grok-4.20-0309-non-reasoning", 900, 120, Usd.of("0.0012"), null)),
            new StoryboardEvent.SelectionFailed(42, 1, "no_pairs", "No group has two photos: upload more photos."),
            new SceneRequest.CutRequested(
                    42,
                    1,
                    CLIENT,
                    CAMPAIGN,
                    "default",
                    Usd.of("5"),
                    SceneRequest.OnSceneFailure.PARTIAL,
                    SceneRequest.ErrorStrategy.CONTINUE_WITH_SILENCE,
                    List.of(
                            new SceneRequest.RequestedTake(
                                    CLIP,
                                    SCENE,
                                    false,
                                    new SceneRequest.TakeInput(
                                            TakeKind.CLIP,
                                            MODEL,
                                            "Slow dolly forward",
                                            PHOTO,
                                            PHOTO,
                                            FOUR_SECONDS,
                                            "16:9",
                                            Map.of())),
                            new SceneRequest.RequestedTake(
                                    MUSIC,
                                    null,
                                    false,
                                    new SceneRequest.TakeInput(
                                            TakeKind.MUSIC,
                                            "stability-ai/stable-audio-2.5",
                                            "Warm strings",
                                            null,
                                            null,
                                            FOUR_SECONDS,
                                            null,
                                            Map.of("steps", "8")))),
                    new SceneRequest.Finish(
                            "16:9",
                            List.of(new SceneRequest.FinishedScene(
                                    SCENE,
                                    CLIP,
                                    "Arrival",
                                    FOUR_SECONDS,
                                    new SceneRequest.Transition("cut", Duration.ZERO),
                                    new SceneRequest.TextOverlay(
                                            "Mountain Retreat", Map.of("position", "bottom_left")))),
                            new SceneRequest.Mix(Duration.ofMillis(1500), "trim")),
                    CONFIGURATION),
            new SceneRequest.CutWithdrawn(42, 1, SceneRequest.WithdrawalReason.CANCELED),
            new SceneRequest.TakeResolved(42, CLIP, true),
            new SceneRequest.RenditionRequested(
                    42,
                    1,
                    RENDITION,
                    new SceneRequest.Finish(
                            "9:16",
                            List.of(new SceneRequest.FinishedScene(
                                    SCENE,
                                    CLIP,
                                    "Arrival",
                                    FOUR_SECONDS,
                                    new SceneRequest.Transition("cut", Duration.ZERO),
                                    null)),
                            null,
                            SceneRequest.Fit.CROP),
                    List.of(new SceneRequest.RenderedTake(CLIP, TakeKind.CLIP, SCENE, FILE, FOUR_SECONDS))),
            new SceneRequest.TestTakeRequested(
                    MUSIC,
                    CLIENT,
                    "default",
                    new SceneRequest.TakeInput(
                            TakeKind.SPEECH,
                            "minimax/speech-02-turbo",
                            "Welcome.",
                            null,
                            null,
                            null,
                            null,
                            Map.of("voice_id", "Calm_Woman"))),
            new SceneEvent.TakeStarted(42, 1, CLIP, SCENE, TakeKind.CLIP, PREDICTION, MODEL, 1),
            new SceneEvent.TakeProgressed(
                    42, 1, CLIP, SCENE, SceneEvent.TakePhase.QUEUED, 3, Instant.parse("2026-11-02T10:00:00Z")),
            new SceneEvent.TakeRendered(
                    42,
                    1,
                    CLIP,
                    SCENE,
                    TakeKind.CLIP,
                    PREDICTION,
                    MODEL,
                    FILE,
                    "video/mp4",
                    81234,
                    FOUR_SECONDS,
                    Usd.of("0.4"),
                    1),
            new SceneEvent.TakeLost(
                    42,
                    1,
                    CLIP,
                    SCENE,
                    TakeKind.CLIP,
                    SceneEvent.LossReason.MODERATED,
                    "The provider flagged the prompt (E005).",
                    Usd.ZERO,
                    1),
            new SceneEvent.TakeWithdrawn(42, 1, MUSIC, null, TakeKind.MUSIC, Usd.ZERO, 0),
            new SceneEvent.TakeUnverifiable(
                    42, 1, CLIP, SCENE, TakeKind.CLIP, "No answer, and too late to look it up.", Usd.of("0.4")),
            new SceneEvent.CutClosed(42, 1, 1, 0, 1, Usd.of("0.4"), Usd.of("1.2")),
            new VideoEvent.CuttingStarted(42, 1),
            new VideoEvent.CuttingProgressed(42, 1, 50),
            new VideoEvent.FilmPublished(
                    42, 1, FILM, POSTER, SHA, 8123456, 1920, 1080, 384, Duration.ofSeconds(16), List.of(SCENE), "copy"),
            new VideoEvent.ClipShown(42, 1, CLIP, SCENE, POSTER),
            new VideoEvent.FilmShown(
                    42,
                    1,
                    POSTER,
                    new VideoEvent.Showcase(
                            URI.create("s3://showreel/posters/%s.webp".formatted(SHA)),
                            URI.create("s3://showreel/sprites/%s.jpg".formatted(SHA)),
                            URI.create("s3://showreel/sprites/%s.vtt".formatted(SHA)))),
            new VideoEvent.CuttingHeld(42, 1, "disk_full", "The disk has no room for the film; the cut waits for it."),
            new VideoEvent.RenditionPublished(
                    42, 1, RENDITION, "9:16", FILM, POSTER, SHA, 8123456, 1080, 1920, 384, Duration.ofSeconds(16)),
            new VideoEvent.RenditionFailed(42, 1, RENDITION, "unreadable_clip", "The clip of scene 2 is damaged."),
            new VideoEvent.CuttingFailed(42, 1, "unreadable_clip", "The clip of scene 2 is damaged."),
            new JobEvent.JobCreated(
                    42, CLIENT, CAMPAIGN, JobType.PROPERTY_PHOTOS, "Mountain Retreat 1", List.of(FIRST)),
            new JobEvent.StoryboardReady(42, CLIENT, CAMPAIGN, 4, Usd.of("1.6"), List.of(FIRST, LAST)),
            new JobEvent.JobApproved(42, CLIENT, CAMPAIGN, 1, List.of(FIRST, LAST)),
            new JobEvent.JobCompleted(42, CLIENT, CAMPAIGN, 1, false, FILM, Usd.of("1.6")),
            new JobEvent.JobFailed(42, CLIENT, CAMPAIGN, "no_clips", "Every scene was lost.", Usd.ZERO),
            new JobEvent.JobCanceled(42, CLIENT, CAMPAIGN, "canceled", Usd.of("0.4")),
            new JobEvent.CutClosed(42, CLIENT, CAMPAIGN, 2, Usd.of("2")),
            new JobEvent.PhotosAdded(42, CLIENT, CAMPAIGN, List.of(LAST)),
            new JobEvent.MediaRetired(42, CLIENT, CAMPAIGN, List.of(1), List.of(CLIP)),
            new JobEvent.JobDeleted(42, CLIENT, CAMPAIGN));

    /** What was added to messages since their first golden file: appended to, like the files. */
    static final List<Addition> ADDITIONS = List.of(
            new Addition(
                    "previous",
                    new JobCommand.SelectScenes(
                            42,
                            2,
                            JobType.IMAGE_PAIRS,
                            new JobCommand.Campaign(CAMPAIGN, CLIENT, "Mountain Retreat", null, null, null),
                            List.of(new JobCommand.Photo(FIRST, "Exterior 1 3", List.of(), null, PHOTO, 1280, 720)),
                            new JobCommand.Wish(2, FOUR_SECONDS, "16:9", null, null, "cut", List.of()),
                            CONFIGURATION,
                            List.of(new StoryboardEvent.Pair(FIRST, LAST)))),
            new Addition(
                    "total_duration",
                    new StoryboardEvent.StoryboardSelected(
                            42,
                            1,
                            List.of(),
                            StoryboardEvent.Origin.FALLBACK,
                            null,
                            new StoryboardEvent.Effort(null, 0, 0, Usd.ZERO, "No xAI key is configured."),
                            Duration.ofSeconds(16))),
            new Addition(
                    "fit",
                    new SceneRequest.RenditionRequested(
                            42,
                            1,
                            RENDITION,
                            new SceneRequest.Finish("1:1", List.of(), null, SceneRequest.Fit.BLUR),
                            List.of())),
            new Addition(
                    "hold",
                    new SceneEvent.TakeProgressed(
                            42,
                            1,
                            CLIP,
                            SCENE,
                            SceneEvent.TakePhase.QUEUED,
                            3,
                            null,
                            "The provider's account has no credit.")),
            new Addition(
                    "quality",
                    new SceneEvent.TakeRendered(
                            42,
                            1,
                            CLIP,
                            SCENE,
                            TakeKind.CLIP,
                            PREDICTION,
                            MODEL,
                            FILE,
                            "video/mp4",
                            81234,
                            FOUR_SECONDS,
                            Usd.of("0.4"),
                            1,
                            new SceneEvent.Quality(
                                    1920, 1080, 24, FOUR_SECONDS, Duration.ZERO, Duration.ofMillis(500), 0.97, 0.93))),
            new Addition(
                    "clean_frames",
                    new SceneEvent.TakeRendered(
                            42,
                            1,
                            CLIP,
                            SCENE,
                            TakeKind.CLIP,
                            PREDICTION,
                            MODEL,
                            FILE,
                            "video/mp4",
                            81234,
                            FOUR_SECONDS,
                            Usd.of("0.4"),
                            1,
                            new SceneEvent.Quality(
                                    1920, 1080, 24, FOUR_SECONDS, Duration.ZERO, Duration.ZERO, 0.97, 0.93, 96))),
            new Addition(
                    "times",
                    new SceneEvent.CutClosed(
                            42,
                            1,
                            1,
                            0,
                            1,
                            Usd.of("0.4"),
                            Usd.of("1.2"),
                            Duration.ofSeconds(63),
                            Duration.ofSeconds(64))),
            new Addition(
                    "showcase",
                    new VideoEvent.FilmPublished(
                            42,
                            1,
                            FILM,
                            POSTER,
                            SHA,
                            8123456,
                            1920,
                            1080,
                            384,
                            Duration.ofSeconds(16),
                            List.of(),
                            "window",
                            new VideoEvent.Showcase(
                                    URI.create("s3://showreel/posters/" + SHA + ".webp"),
                                    POSTER,
                                    URI.create("s3://showreel/posters/" + SHA + ".vtt")),
                            List.of(new VideoEvent.Choice(
                                    SCENE, "transition", "window", "Only 12 frames around the fade are new")),
                            Duration.ofMillis(2500))));

    /** @param name of the addition, as in {@code <message>.v1.<name>.json} */
    record Addition(String name, Record message) {}

    private Samples() {}
}
