package io.showreel.contracts.video;

import io.showreel.contracts.Topics;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What stitch-service says about the assembly of a cut. */
public sealed interface VideoEvent {
    String TOPIC = Topics.VIDEO_EVENTS;

    /** Every take of the cut is settled and FFmpeg works on the film. */
    record CuttingStarted(long jobId, int cut) implements VideoEvent {}

    /** @param percent 0 to 100; at most once a second */
    record CuttingProgressed(long jobId, int cut, int percent) implements VideoEvent {}

    /**
     * The film is complete in the object store and passed its check.
     *
     * @param film as {@code s3://bucket/key}; the key contains the sha256
     * @param size in bytes
     * @param missingScenes scenes that are not in the film because their clip was lost
     * @param way how it was cut, such as {@code copy} or {@code normalise}
     */
    record FilmPublished(
            long jobId,
            int cut,
            URI film,
            @Nullable URI thumbnail,
            String sha256,
            long size,
            int width,
            int height,
            int frames,
            Duration length,
            List<UUID> missingScenes,
            String way)
            implements VideoEvent {
        public FilmPublished {
            missingScenes = List.copyOf(missingScenes);
        }
    }

    /**
     * There will be no film of this cut.
     *
     * @param code stable snake_case word, such as {@code no_clips} or {@code unreadable_clip}
     * @param message for a person
     */
    record CuttingFailed(long jobId, int cut, String code, String message) implements VideoEvent {}

    /** A type this version does not know: skipped by its readers, never written. */
    record Unrecognised() implements VideoEvent {}
}
