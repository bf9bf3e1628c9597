package io.showreel.gateway.job;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a person changes about the scenes of a storyboard. */
public sealed interface SceneChange {

    /** @param position 1 for the first; null for the end */
    record Add(Scene scene, @Nullable Integer position) implements SceneChange {}

    /**
     * @param freshTake its paid input, if that changes to one that was never rendered
     * @param earlier cuts of the job that have ended
     */
    record Alter(UUID sceneId, Wishes wishes, UUID freshTake, List<Cut> earlier) implements SceneChange {}

    record Remove(UUID sceneId) implements SceneChange {}

    /** @param sceneIds every scene, in the order of the film */
    record Arrange(List<UUID> sceneIds) implements SceneChange {}

    /**
     * Goes back to a clip that was rendered for this scene before.
     *
     * @param earlier cuts of the job that have ended
     */
    record GoBack(UUID sceneId, UUID takeId, List<Cut> earlier) implements SceneChange {}

    /**
     * A null leaves what is there.
     *
     * @param textOverlay an empty one takes the caption away
     */
    record Wishes(
            @Nullable String title,
            @Nullable String description,
            @Nullable String prompt,
            @Nullable String sceneType,
            @Nullable String groupName,
            @Nullable Duration duration,
            @Nullable String transition,
            Scene.@Nullable Frame first,
            Scene.@Nullable Frame last,
            @Nullable String textOverlay) {

        Scene over(Scene scene) {
            return new Scene(
                    scene.id(),
                    scene.takeId(),
                    or(title, scene.title()),
                    description == null ? scene.description() : description,
                    or(prompt, scene.prompt()),
                    sceneType == null ? scene.sceneType() : sceneType,
                    groupName == null ? scene.groupName() : groupName,
                    or(duration, scene.duration()),
                    or(transition, scene.transition()),
                    or(first, scene.first()),
                    or(last, scene.last()),
                    scene.score(),
                    scene.reason(),
                    scene.alternates(),
                    textOverlay == null ? scene.textOverlay() : textOverlay.isEmpty() ? null : textOverlay,
                    scene.kept());
        }

        private static <T> T or(@Nullable T wished, T present) {
            return wished == null ? present : wished;
        }
    }
}
