package io.showreel.gateway.job;

import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.scene.SceneRequest.ErrorStrategy;
import io.showreel.contracts.scene.SceneRequest.OnSceneFailure;
import io.showreel.contracts.scene.TakeKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes down a cut as render and stitch read it. */
final class CutRequests {

    private static final Duration MUSIC_FADE = Duration.ofMillis(1500);
    private static final Duration TRANSITION = Duration.ofMillis(500);

    private CutRequests() {}

    static boolean musicRequired(Order order) {
        return order.errorStrategy() == ErrorStrategy.HALT;
    }

    static SceneRequest.CutRequested of(Order order, Cut cut) {
        var storyboard = cut.storyboard();
        var clipsRequired = order.onSceneFailure() == OnSceneFailure.FAIL;
        var ratio = order.wish().aspectRatio();
        var takes = new ArrayList<SceneRequest.RequestedTake>();
        var scenes = new ArrayList<SceneRequest.FinishedScene>();
        for (var scene : storyboard.scenes()) {
            takes.add(new SceneRequest.RequestedTake(
                    scene.takeId(),
                    scene.id(),
                    clipsRequired,
                    new SceneRequest.TakeInput(
                            TakeKind.CLIP,
                            order.model().name(),
                            scene.prompt(),
                            scene.first().object(),
                            scene.last().object(),
                            order.model().fittingOrLongest(scene.duration()),
                            ratio,
                            Map.of())));
            scenes.add(finished(scene));
        }
        var music = order.music();
        if (music != null) {
            takes.add(new SceneRequest.RequestedTake(
                    storyboard.musicTakeId(),
                    null,
                    musicRequired(order),
                    new SceneRequest.TakeInput(
                            TakeKind.MUSIC,
                            music.name(),
                            musicPrompt(order, storyboard),
                            null,
                            null,
                            storyboard.musicLength(music),
                            null,
                            Map.of())));
        }
        return new SceneRequest.CutRequested(
                order.jobId(),
                cut.number(),
                order.clientId(),
                order.campaignId(),
                order.account(),
                order.maxCost(),
                order.onSceneFailure(),
                order.errorStrategy(),
                takes,
                new SceneRequest.Finish(ratio, scenes, mix(order)),
                order.configuration());
    }

    /** Another shape of a film that was cut before, made of the same files. */
    static SceneRequest.RenditionRequested rendition(Order order, Cut cut, Film film, UUID id, String aspectRatio) {
        var there = new HashSet<UUID>();
        var takes = new ArrayList<SceneRequest.RenderedTake>();
        for (var take : cut.takes()) {
            if (take.end() instanceof Take.End.Rendered end) {
                there.add(take.id());
                takes.add(new SceneRequest.RenderedTake(
                        take.id(), take.kind(), take.sceneId(), end.object(), end.length()));
            }
        }
        var scenes = cut.storyboard().scenes().stream()
                .filter(scene -> there.contains(scene.takeId()))
                .map(CutRequests::finished)
                .toList();
        return new SceneRequest.RenditionRequested(
                order.jobId(), film.cut(), id, new SceneRequest.Finish(aspectRatio, scenes, mix(order)), takes);
    }

    private static SceneRequest.FinishedScene finished(Scene scene) {
        return new SceneRequest.FinishedScene(
                scene.id(),
                scene.takeId(),
                scene.title(),
                scene.duration(),
                new SceneRequest.Transition(
                        scene.transition(), scene.transition().equals("cut") ? Duration.ZERO : TRANSITION),
                scene.textOverlay() == null ? null : new SceneRequest.TextOverlay(scene.textOverlay(), Map.of()));
    }

    private static SceneRequest.@Nullable Mix mix(Order order) {
        return order.music() == null ? null : new SceneRequest.Mix(fade(order), "trim");
    }

    /** In seconds, where the pipeline configuration that the job was made with says so. */
    private static Duration fade(Order order) {
        var step = order.configuration().steps().getOrDefault("music_generation", Map.of());
        return step.get("fade_duration") instanceof Number seconds
                ? Duration.ofMillis(Math.round(seconds.doubleValue() * 1000))
                : MUSIC_FADE;
    }

    private static String musicPrompt(Order order, Storyboard storyboard) {
        if (storyboard.musicPrompt() != null) {
            return storyboard.musicPrompt();
        }
        var genre = order.wish().musicGenre() == null
                ? "warm cinematic ambient"
                : order.wish().musicGenre();
        var style = order.wish().style() == null
                ? "an elegant property film"
                : order.wish().style();
        return "Instrumental " + genre + " music for " + style + ", steady and unobtrusive, no vocals";
    }
}
