package io.showreel.gateway.job;

import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.scene.SceneRequest.ErrorStrategy;
import io.showreel.contracts.scene.SceneRequest.OnSceneFailure;
import io.showreel.contracts.scene.TakeKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;

/** Writes down a cut as render and stitch read it. */
final class CutRequests {

    private static final Duration MUSIC_FADE = Duration.ofMillis(1500);

    private CutRequests() {}

    static boolean musicRequired(Order order) {
        return order.errorStrategy() == ErrorStrategy.HALT;
    }

    static SceneRequest.CutRequested of(Order order, Storyboard storyboard, Cut cut) {
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
            scenes.add(new SceneRequest.FinishedScene(
                    scene.id(),
                    scene.takeId(),
                    scene.title(),
                    scene.duration(),
                    new SceneRequest.Transition(scene.transition(), Duration.ZERO),
                    null));
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
                            wholeSeconds(shorter(storyboard.totalDuration(), music.longest())),
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
                new SceneRequest.Finish(ratio, scenes, music == null ? null : new SceneRequest.Mix(MUSIC_FADE, "trim")),
                order.configuration());
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

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration wholeSeconds(Duration length) {
        return Duration.ofSeconds(length.plusMillis(999).toSeconds());
    }
}
