package io.showreel.system.simulation;

import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.video.VideoEvent;
import io.showreel.stitch.assembly.Assembly;
import io.showreel.stitch.assembly.CutId;
import io.showreel.stitch.assembly.Film;
import io.showreel.stitch.assembly.Outcome;
import io.showreel.stitch.assembly.Plan;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The assemblies in memory around the real decider, and cutters that die and cut again. */
final class SimulatedStitch {

    private final Dice dice;
    private final Wire wire;
    private final Map<CutId, Assembly> assemblies = new LinkedHashMap<>();
    private final Set<CutId> queue = new LinkedHashSet<>();
    private final Map<CutId, Integer> films = new HashMap<>();

    SimulatedStitch(Dice dice, Wire wire) {
        this.dice = dice;
        this.wire = wire;
        wire.subscribe("stitch", SceneRequest.TOPIC, message -> on((SceneRequest) message));
        wire.subscribe("stitch", SceneEvent.TOPIC, message -> on((SceneEvent) message));
    }

    private void on(SceneRequest request) {
        switch (request) {
            case SceneRequest.CutRequested e ->
                record(new CutId(e.jobId(), e.cut()), new Assembly.Fact.Planned(Plan.of(e)));
            case SceneRequest.CutWithdrawn e -> record(new CutId(e.jobId(), e.cut()), new Assembly.Fact.CutWithdrawn());
            case SceneRequest.TakeResolved e -> {}
            case SceneRequest.RenditionRequested e -> {}
            case SceneRequest.TestTakeRequested e -> {}
            case SceneRequest.Unrecognised e -> {}
        }
    }

    private void on(SceneEvent event) {
        switch (event) {
            case SceneEvent.TakeRendered e -> settled(e.jobId(), e.cut(), e.takeId(), Outcome.rendered(e.object()));
            case SceneEvent.TakeLost e -> settled(e.jobId(), e.cut(), e.takeId(), Outcome.MISSING);
            case SceneEvent.TakeWithdrawn e -> settled(e.jobId(), e.cut(), e.takeId(), Outcome.MISSING);
            case SceneEvent.TakeStarted e -> {}
            case SceneEvent.TakeProgressed e -> {}
            case SceneEvent.TakeUnverifiable e -> {}
            case SceneEvent.CutClosed e -> {}
            case SceneEvent.Unrecognised e -> {}
        }
    }

    private void settled(long jobId, int cut, UUID takeId, Outcome outcome) {
        record(new CutId(jobId, cut), new Assembly.Fact.TakeSettled(takeId, outcome));
    }

    private void record(CutId cut, Assembly.Fact fact) {
        var before = assemblies.getOrDefault(cut, Assembly.NEW);
        var after = Assembly.evolve(before, fact);
        assemblies.put(cut, after);
        for (var effect : Assembly.react(before, after)) {
            perform(cut, effect);
        }
    }

    private void perform(CutId cut, Assembly.Effect effect) {
        switch (effect) {
            case Assembly.Effect.ScheduleCutting schedule -> queue.add(cut);
            case Assembly.Effect.AnnounceCutting cutting ->
                publish(cut, new VideoEvent.CuttingStarted(cut.jobId(), cut.cut()));
            case Assembly.Effect.AnnounceFilm announced -> {
                films.merge(cut, 1, Integer::sum);
                publish(cut, published(cut, announced.film()));
            }
            case Assembly.Effect.AnnounceFailure failure ->
                publish(cut, new VideoEvent.CuttingFailed(cut.jobId(), cut.cut(), failure.code(), failure.message()));
            case Assembly.Effect.ScheduleShowing show ->
                publish(
                        cut,
                        new VideoEvent.FilmShown(
                                cut.jobId(),
                                cut.cut(),
                                URI.create("s3://b/posters/" + cut),
                                new VideoEvent.Showcase(null, null, null)));
            case Assembly.Effect.PrepareClip ahead -> {}
            case Assembly.Effect.GiveUp gone -> {}
        }
    }

    private static VideoEvent published(CutId cut, Film film) {
        return new VideoEvent.FilmPublished(
                cut.jobId(),
                cut.cut(),
                film.object(),
                film.poster(),
                film.sha256(),
                film.size(),
                film.width(),
                film.height(),
                film.frames(),
                film.length(),
                film.missingScenes(),
                film.way());
    }

    private void publish(CutId cut, VideoEvent event) {
        wire.publish(VideoEvent.TOPIC, cut.jobId(), event);
    }

    /** One step of some cutter. @return whether there was anything to do */
    boolean work() {
        if (queue.isEmpty()) {
            return false;
        }
        var cut = dice.pick(List.copyOf(queue));
        switch (assemblies.get(cut)) {
            case Assembly.Ready ready -> record(cut, new Assembly.Fact.CuttingBegun());
            case Assembly.Cutting cutting -> {
                noClipIsLeftOut(cut, cutting);
                if (dice.oneIn(5)) {
                    // The cutter died; its successor begins again.
                    record(cut, new Assembly.Fact.CuttingBegun());
                } else if (dice.oneIn(20)) {
                    record(cut, new Assembly.Fact.CuttingGivenUp("unreadable_clip", "A clip is damaged."));
                } else {
                    record(cut, new Assembly.Fact.FilmCut(film(cut)));
                    // A cutter that had lost its lease is done as well.
                    record(cut, new Assembly.Fact.FilmCut(film(cut)));
                }
            }
            default -> queue.remove(cut);
        }
        return true;
    }

    /** A film is cut when every take has settled, not before. */
    private static void noClipIsLeftOut(CutId cut, Assembly.Cutting cutting) {
        var planned =
                cutting.plan().takes().stream().map(Plan.PlannedTake::takeId).toList();
        if (!cutting.settled().keySet().containsAll(planned)) {
            throw new AssertionError("noClipIsLeftOut: cut " + cut + " began with " + cutting.settled());
        }
    }

    private static Film film(CutId cut) {
        return new Film(
                URI.create("s3://b/films/" + cut),
                URI.create("s3://b/posters/" + cut),
                "sha",
                1,
                1920,
                1080,
                192,
                Duration.ofSeconds(8),
                List.of(),
                "copy");
    }

    Map<CutId, Integer> films() {
        return films;
    }
}
