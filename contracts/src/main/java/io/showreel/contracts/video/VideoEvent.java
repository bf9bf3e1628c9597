package io.showreel.contracts.video;

import com.fasterxml.jackson.annotation.JsonInclude;
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
     * A clip can be shown.
     *
     * @param thumbnail a JPEG, as {@code s3://bucket/key}
     */
    record ClipShown(long jobId, int cut, UUID takeId, UUID sceneId, URI thumbnail) implements VideoEvent {}

    /**
     * The cut waits for something that isn't of its making, and goes on by itself.
     *
     * @param code stable snake_case word, such as {@code disk_full}
     * @param message for a person
     */
    record CuttingHeld(long jobId, int cut, String code, String message) implements VideoEvent {}

    /**
     * The film is complete in the object store and passed its check.
     *
     * @param film as {@code s3://bucket/key}; the key contains the sha256
     * @param size in bytes
     * @param thumbnail a JPEG of the best frame that was known by then; null if {@link FilmShown} brings it
     * @param missingScenes scenes that are not in the film because their clip was lost
     * @param way how it was cut, such as {@code copy} or {@code normalise}
     * @param showcase what a player shows before and beside the film; written by earlier versions, now {@link FilmShown}
     *     brings it
     * @param plan how each clip and each boundary was treated, in the film's order; empty from earlier versions
     * @param stitching time from the arrival of the last clip to this; null from earlier versions
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
            String way,
            @Nullable Showcase showcase,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Choice> plan,
            @Nullable Duration stitching)
            implements VideoEvent {
        @SuppressWarnings("NullAway") // Films of earlier versions say nothing of their plan.
        public FilmPublished {
            missingScenes = List.copyOf(missingScenes);
            plan = plan == null ? List.of() : List.copyOf(plan);
        }

        /** Without how it came about. */
        public FilmPublished(
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
                String way) {
            this(
                    jobId,
                    cut,
                    film,
                    thumbnail,
                    sha256,
                    size,
                    width,
                    height,
                    frames,
                    length,
                    missingScenes,
                    way,
                    null,
                    List.of(),
                    null);
        }
    }

    /**
     * A film can be shown with all that goes with it. Comes after its {@link FilmPublished}, which waits for nothing that
     * isn't the film.
     *
     * @param thumbnail a JPEG of the film's best frame, as {@code s3://bucket/key}
     */
    record FilmShown(long jobId, int cut, URI thumbnail, Showcase showcase) implements VideoEvent {}

    /**
     * There will be no film of this cut.
     *
     * @param code stable snake_case word, such as {@code no_clips} or {@code unreadable_clip}
     * @param message for a person
     */
    record CuttingFailed(long jobId, int cut, String code, String message) implements VideoEvent {}

    /**
     * A rendition is complete in the object store and passed its check.
     *
     * @param aspectRatio {@code 16:9}, {@code 9:16} or {@code 1:1}
     * @param film as {@code s3://bucket/key}; the key contains the sha256
     * @param size in bytes
     */
    record RenditionPublished(
            long jobId,
            int cut,
            UUID renditionId,
            String aspectRatio,
            URI film,
            @Nullable URI thumbnail,
            String sha256,
            long size,
            int width,
            int height,
            int frames,
            Duration length)
            implements VideoEvent {}

    /**
     * There will be no such rendition.
     *
     * @param code stable snake_case word, as in {@link CuttingFailed}
     * @param message for a person
     */
    record RenditionFailed(long jobId, int cut, UUID renditionId, String code, String message) implements VideoEvent {}

    /** A type this version does not know: skipped by its readers, never written. */
    record Unrecognised() implements VideoEvent {}

    /**
     * What a player shows before and beside a film; each as {@code s3://bucket/key}.
     *
     * @param poster a WebP of the film's best frame
     * @param sprite a JPEG of small frames at even distances
     * @param track WebVTT that says which part of the sprite belongs to which time
     */
    record Showcase(
            @Nullable URI poster,
            @Nullable URI sprite,
            @Nullable URI track) {}

    /**
     * How a part of the film was treated.
     *
     * @param subject {@code clip}, or {@code transition} for the way into that scene
     * @param way {@code copy}, {@code window} or {@code normalise}
     * @param reason for a person
     */
    record Choice(UUID sceneId, String subject, String way, String reason) {}
}
