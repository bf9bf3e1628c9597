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
        List<StoryboardEvent.Pair> alternates) {

    public Scene {
        alternates = List.copyOf(alternates);
    }

    /** A photo, and where its bytes are. */
    public record Frame(UUID assetId, URI object) {}

    Scene withTake(UUID newTakeId) {
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
                alternates);
    }
}
