package io.showreel.selection.storyboard.narration;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a narrator is to speak about.
 *
 * @param name of the place
 * @param features worth a word, the best first
 * @param details all that was told about the place, as JSON; empty if nothing
 * @param wordsPerMinute how fast the voice speaks
 * @param tone such as {@code warm and unhurried}
 */
public record Assignment(
        @Nullable String name,
        @Nullable String location,
        List<String> features,
        String details,
        List<Scene> scenes,
        int wordsPerMinute,
        @Nullable String tone) {

    public Assignment {
        features = List.copyOf(features);
        scenes = List.copyOf(scenes);
    }

    /** What is seen meanwhile. */
    public record Scene(@Nullable String title, @Nullable String description, Duration duration) {}

    /** How many words the scene has time for; at least two. */
    public int wordsFor(Scene scene) {
        return Math.max(2, (int) (scene.duration().toMillis() * wordsPerMinute / 60_000));
    }
}
