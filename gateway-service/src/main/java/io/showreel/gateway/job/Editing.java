package io.showreel.gateway.job;

import io.showreel.gateway.job.Decision.Code;
import io.showreel.gateway.job.Decision.Rejected;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what a person changes about a storyboard. Titles, captions, transitions and the order are free; a scene
 * whose paid input changes gets another take, and gets the old one back as soon as its input is as it was.
 *
 * @param cut the latest, open or not; null before the first
 */
record Editing(Order order, @Nullable Cut cut) {

    static final int FEWEST_SCENES = 2;
    static final int MOST_SCENES = 20;

    sealed interface Result {
        record Done(Storyboard storyboard) implements Result {}

        record Refused(Rejected rejected) implements Result {}
    }

    /** A scene as it was rendered before, and what was rendered. */
    private record Version(Scene scene, Take take) {}

    Result apply(Storyboard storyboard, SceneChange change, UUID freshMusic) {
        return switch (change) {
            case SceneChange.Add add -> add(storyboard, add, freshMusic);
            case SceneChange.Alter alter -> alter(storyboard, alter, freshMusic);
            case SceneChange.Remove remove -> remove(storyboard, remove.sceneId(), freshMusic);
            case SceneChange.Arrange arrange -> arrange(storyboard, arrange.sceneIds());
            case SceneChange.GoBack back -> goBack(storyboard, back, freshMusic);
        };
    }

    private Result add(Storyboard storyboard, SceneChange.Add add, UUID freshMusic) {
        var scenes = new ArrayList<>(storyboard.scenes());
        if (scenes.size() >= MOST_SCENES) {
            return refused(Code.SCENE_COUNT, "A film has at most " + MOST_SCENES + " scenes.");
        }
        int position = add.position() == null ? scenes.size() + 1 : add.position();
        if (position < 1 || position > scenes.size() + 1) {
            return refused(Code.SCENE_ORDER, "The position is one of 1 to " + (scenes.size() + 1) + ".");
        }
        scenes.add(position - 1, add.scene());
        return unfit(add.scene()).orElseGet(() -> done(storyboard.with(scenes), freshMusic));
    }

    private Result alter(Storyboard storyboard, SceneChange.Alter alter, UUID freshMusic) {
        var before = storyboard.scene(alter.sceneId());
        if (before.isEmpty()) {
            return unknownScene();
        }
        var after = alter.wishes().over(before.get());
        if (!after.input(order.model()).equals(before.get().input(order.model()))) {
            after = retaken(after, alter.freshTake(), alter.earlier());
        }
        var scene = after;
        return unfit(scene).orElseGet(() -> done(storyboard.with(scene), freshMusic));
    }

    private Scene retaken(Scene scene, UUID freshTake, List<Cut> earlier) {
        var input = scene.input(order.model());
        var rendered = versions(scene.id(), earlier)
                .filter(version -> version.scene().input(order.model()).equals(input))
                .findFirst();
        if (rendered.isPresent()) {
            return scene.withTake(rendered.get().take().id(), rendered.get().take());
        }
        return Optional.ofNullable(cut)
                .flatMap(latest -> latest.storyboard().scene(scene.id()))
                .filter(asked -> asked.input(order.model()).equals(input))
                .map(asked -> scene.withTake(asked.takeId(), null))
                .orElseGet(() -> scene.withTake(freshTake, null));
    }

    private Result remove(Storyboard storyboard, UUID sceneId, UUID freshMusic) {
        if (storyboard.scene(sceneId).isEmpty()) {
            return unknownScene();
        }
        if (storyboard.scenes().size() <= FEWEST_SCENES) {
            return refused(Code.SCENE_COUNT, "A film has at least " + FEWEST_SCENES + " scenes.");
        }
        var rest = storyboard.scenes().stream()
                .filter(scene -> !scene.id().equals(sceneId))
                .toList();
        return done(storyboard.with(rest), freshMusic);
    }

    private static Result arrange(Storyboard storyboard, List<UUID> ids) {
        if (ids.stream().anyMatch(id -> storyboard.scene(id).isEmpty())) {
            return unknownScene();
        }
        if (ids.size() != storyboard.scenes().size() || new HashSet<>(ids).size() != ids.size()) {
            return refused(Code.SCENE_ORDER, "The order names each scene of the job once.");
        }
        var arranged = ids.stream().flatMap(id -> storyboard.scene(id).stream()).toList();
        return new Result.Done(storyboard.with(arranged));
    }

    private Result goBack(Storyboard storyboard, SceneChange.GoBack back, UUID freshMusic) {
        var scene = storyboard.scene(back.sceneId());
        if (scene.isEmpty()) {
            return unknownScene();
        }
        if (scene.get().takeId().equals(back.takeId())) {
            return new Result.Done(storyboard);
        }
        return versions(back.sceneId(), back.earlier())
                .filter(version -> version.take().id().equals(back.takeId()))
                .findFirst()
                .map(version -> done(
                        storyboard.with(scene.get()
                                .withInputOf(version.scene(), order.model())
                                .withTake(back.takeId(), version.take())),
                        freshMusic))
                .orElseGet(() -> refused(Code.TAKE_UNKNOWN, "No clip of this scene was rendered under this take."));
    }

    /** What was rendered for a scene, the newest first. */
    private Stream<Version> versions(UUID sceneId, List<Cut> earlier) {
        var cuts = new ArrayList<Cut>();
        if (cut != null) {
            cuts.add(cut);
        }
        cuts.addAll(earlier.reversed());
        return cuts.stream().flatMap(made -> made.storyboard().scene(sceneId).stream()
                .flatMap(scene ->
                        made
                                .take(scene.takeId())
                                .filter(Take::rendered)
                                .map(take -> new Version(scene, take))
                                .stream()));
    }

    private Optional<Result> unfit(Scene scene) {
        if (order.model().fitting(scene.duration()).isEmpty()) {
            return Optional.of(refused(
                    Code.SCENE_DURATION,
                    order.model().name() + " renders at most "
                            + order.model().longest().toSeconds() + " seconds."));
        }
        var allowed = order.wish().sceneTypes();
        return allowed.isEmpty() || allowed.contains(String.valueOf(scene.sceneType()))
                ? Optional.empty()
                : Optional.of(refused(
                        Code.INVALID_SCENE_TYPES, "This job's scenes are of " + String.join(", ", allowed) + " only."));
    }

    private Result done(Storyboard storyboard, UUID freshMusic) {
        return new Result.Done(withMusic(storyboard, freshMusic));
    }

    /** A track that is too short for the film is made anew; one that is longer is faded out where the film ends. */
    Storyboard withMusic(Storyboard storyboard, UUID freshMusic) {
        var music = order.music();
        if (music == null) {
            return storyboard;
        }
        var needed = music.lengthFor(storyboard.totalDuration());
        if (cut == null) {
            return storyboard.withMusic(storyboard.musicTakeId(), needed);
        }
        var made = cut.storyboard();
        if (made.musicLength(music).compareTo(needed) >= 0) {
            return storyboard.withMusic(made.musicTakeId(), made.musicLength(music));
        }
        var asked = storyboard.musicLength();
        return asked != null && asked.compareTo(needed) >= 0 ? storyboard : storyboard.withMusic(freshMusic, needed);
    }

    private static Result unknownScene() {
        return refused(Code.SCENE_UNKNOWN, "The job has no such scene.");
    }

    private static Result refused(Code code, String message) {
        return new Result.Refused(new Rejected(code, message));
    }
}
