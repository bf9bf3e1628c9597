package io.showreel.gateway.job;

import io.showreel.contracts.storyboard.StoryboardEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One scene of a storyboard.
 *
 * @param takeId its paid input: unchanged input keeps it, changed input and another try get a new one
 * @param duration in the film
 * @param transition into this scene, such as {@code cut}
 * @param textOverlay caption over its picture; null for none
 * @param kept the take of an earlier cut that the scene went back to; null otherwise
 */
public record Scene(
        UUID id,
        UUID takeId,
        String title,
        @Nullable String description,
        String prompt,
        @Nullable String sceneType,
        @Nullable String groupName,
        Duration duration,
        String transition,
        Frame first,
        Frame last,
        @Nullable Double score,
        @Nullable String reason,
        List<StoryboardEvent.Pair> alternates,
        @Nullable String textOverlay,
        @Nullable Take kept) {

    public Scene {
        alternates = List.copyOf(alternates);
    }

    /** A photo, and where its bytes are. */
    public record Frame(UUID assetId, URI object) {}

    /** What of a scene is paid for: the same input is never rendered twice. */
    record Input(String prompt, URI first, URI last, Duration length) {}

    Input input(ClipModel model) {
        return new Input(prompt, first.object(), last.object(), model.fittingOrLongest(duration));
    }

    Scene withTake(UUID newTakeId, @Nullable Take newKept) {
        return new Scene(
                id,
                newTakeId,
                title,
                description,
                prompt,
                sceneType,
                groupName,
                duration,
                transition,
                first,
                last,
                score,
                reason,
                alternates,
                textOverlay,
                newKept);
    }

    /** The other's paid input under this scene's title, caption and transition. */
    Scene withInputOf(Scene other, ClipModel model) {
        boolean fits = model.fittingOrLongest(duration).equals(model.fittingOrLongest(other.duration()));
        return new Scene(
                id,
                takeId,
                title,
                description,
                other.prompt(),
                sceneType,
                groupName,
                fits ? duration : other.duration(),
                transition,
                other.first(),
                other.last(),
                score,
                reason,
                alternates,
                textOverlay,
                kept);
    }
}
