package io.showreel.render.studio;

import io.showreel.render.take.Fact;
import io.showreel.render.take.Symptom;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The provider's account of one submission.
 *
 * @param input as it came back; empty once the provider removed it
 * @param webhook the address that was given with it, if the provider repeats it
 * @param output where its file can be fetched; null before it succeeded, and after it was removed
 */
public record Prediction(
        String id,
        String model,
        Status status,
        Map<String, Object> input,
        @Nullable String webhook,
        @Nullable URI output,
        @Nullable String error,
        @Nullable Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt) {

    public enum Status {
        STARTING,
        PROCESSING,
        SUCCEEDED,
        FAILED,
        CANCELED,
        ABORTED,
        /** A word that this version doesn't know: not an end. */
        UNKNOWN
    }

    public Prediction {
        input = Map.copyOf(input);
    }

    private @Nullable Duration took() {
        return createdAt == null || completedAt == null || completedAt.isBefore(createdAt)
                ? null
                : Duration.between(createdAt, completedAt);
    }

    /** What it tells about the attempt that it belongs to; empty while it goes on. */
    public Optional<Fact> ending(UUID token) {
        return switch (status) {
            case STARTING, PROCESSING, UNKNOWN -> Optional.empty();
            case SUCCEEDED -> Optional.of(new Fact.Succeeded(token, id, output, took()));
            case FAILED -> Optional.of(new Fact.Failed(token, id, Symptom.of(error), error == null ? "" : error));
            case CANCELED ->
                Optional.of(new Fact.Stopped(token, id, startedAt != null, "The provider stopped the prediction."));
            case ABORTED ->
                Optional.of(new Fact.Stopped(token, id, false, "The provider gave up before the prediction started."));
        };
    }
}
