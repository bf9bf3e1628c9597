package io.showreel.contracts.scene;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import io.showreel.contracts.Topics;
import io.showreel.contracts.Usd;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of the takes of a cut. A take that ended before a cut asked for it repeats its outcome for that cut, so
 * each cut sees exactly one of rendered, lost and withdrawn for each of its takes, and then exactly one
 * {@link CutClosed}.
 */
public sealed interface SceneEvent {
    String TOPIC = Topics.SCENE_EVENTS;

    /** The provider accepted a prediction for this take. */
    record TakeStarted(
            long jobId,
            int cut,
            UUID takeId,
            @Nullable UUID sceneId,
            TakeKind kind,
            String predictionId,
            String model,
            int attempt)
            implements SceneEvent {}

    /**
     * Where an unfinished take is; at most once a second for each take.
     *
     * @param queuePosition 1 for the next to be submitted; null once submitted
     * @param hold why nothing at all is submitted for the account now, for a person; null while all goes well
     */
    record TakeProgressed(
            long jobId,
            int cut,
            UUID takeId,
            @Nullable UUID sceneId,
            TakePhase phase,
            @Nullable Integer queuePosition,
            @Nullable Instant expectedAt,
            @Nullable String hold)
            implements SceneEvent {

        /** While all goes well. */
        public TakeProgressed(
                long jobId,
                int cut,
                UUID takeId,
                @Nullable UUID sceneId,
                TakePhase phase,
                @Nullable Integer queuePosition,
                @Nullable Instant expectedAt) {
            this(jobId, cut, takeId, sceneId, phase, queuePosition, expectedAt, null);
        }
    }

    /**
     * The take's file is in our object store.
     *
     * @param object as {@code s3://bucket/key}; the key contains the sha256
     * @param size in bytes
     * @param length as the provider was asked for; null for speech
     * @param cost of this take, all its predictions together
     * @param attempts predictions that were made for it
     * @param quality what was seen of a clip on its arrival; null for sound, and when it could not be looked at
     */
    record TakeRendered(
            long jobId,
            int cut,
            UUID takeId,
            @Nullable UUID sceneId,
            TakeKind kind,
            String predictionId,
            String model,
            URI object,
            String contentType,
            long size,
            @Nullable Duration length,
            Usd cost,
            int attempts,
            @Nullable Quality quality)
            implements SceneEvent {

        /** Without a look at it. */
        public TakeRendered(
                long jobId,
                int cut,
                UUID takeId,
                @Nullable UUID sceneId,
                TakeKind kind,
                String predictionId,
                String model,
                URI object,
                String contentType,
                long size,
                @Nullable Duration length,
                Usd cost,
                int attempts) {
            this(
                    jobId,
                    cut,
                    takeId,
                    sceneId,
                    kind,
                    predictionId,
                    model,
                    object,
                    contentType,
                    size,
                    length,
                    cost,
                    attempts,
                    null);
        }
    }

    /**
     * The take ended without a file.
     *
     * @param message for a person
     */
    record TakeLost(
            long jobId,
            int cut,
            UUID takeId,
            @Nullable UUID sceneId,
            TakeKind kind,
            LossReason reason,
            String message,
            Usd cost,
            int attempts)
            implements SceneEvent {}

    /** The take was not started, or was canceled at the provider, because its cut was withdrawn. */
    record TakeWithdrawn(
            long jobId, int cut, UUID takeId, @Nullable UUID sceneId, TakeKind kind, Usd cost, int attempts)
            implements SceneEvent {}

    /** Nobody can tell any more whether a prediction exists and was paid; a person decides. */
    record TakeUnverifiable(
            long jobId, int cut, UUID takeId, @Nullable UUID sceneId, TakeKind kind, String message, Usd atStake)
            implements SceneEvent {}

    /**
     * Every take of the cut has ended.
     *
     * @param cost of the takes that this cut was the first to ask for
     * @param spent by the job over all its cuts
     * @param bound the shortest time in which the provider's pace, its cap and its slowest prediction allowed this cut's
     *     own takes; null when it had none, and from earlier versions
     * @param actual time from the request of the cut to the end of its last take; null from earlier versions
     */
    record CutClosed(
            long jobId,
            int cut,
            int rendered,
            int lost,
            int withdrawn,
            Usd cost,
            Usd spent,
            @Nullable Duration bound,
            @Nullable Duration actual)
            implements SceneEvent {

        /** Without its times. */
        public CutClosed(long jobId, int cut, int rendered, int lost, int withdrawn, Usd cost, Usd spent) {
            this(jobId, cut, rendered, lost, withdrawn, cost, spent, null, null);
        }
    }

    /** A type this version does not know: skipped by its readers, never written. */
    record Unrecognised() implements SceneEvent {}

    /**
     * What was seen of a clip on its arrival. Nothing is rendered anew for it; it is for a person's eyes, and saves whoever
     * cuts the clip from decoding it once more.
     *
     * @param width in pixels
     * @param height in pixels
     * @param framesPerSecond on average
     * @param length of the file itself
     * @param black all black stretches together
     * @param frozen all stretches without movement together
     * @param firstFrame likeness (SSIM, 0 to 1) of the clip's first frame to the photo that was sent; null if none was
     * @param lastFrame the same for its last
     * @param cleanFrames frames of the clip, if it decodes to its end without a complaint, into pictures of one size and one
     *     after the other; null if it does not, and from earlier versions
     */
    record Quality(
            int width,
            int height,
            double framesPerSecond,
            Duration length,
            Duration black,
            Duration frozen,
            @Nullable Double firstFrame,
            @Nullable Double lastFrame,
            @Nullable Integer cleanFrames) {

        /** Of a clip of which nobody knows whether it decodes as it should. */
        public Quality(
                int width,
                int height,
                double framesPerSecond,
                Duration length,
                Duration black,
                Duration frozen,
                @Nullable Double firstFrame,
                @Nullable Double lastFrame) {
            this(width, height, framesPerSecond, length, black, frozen, firstFrame, lastFrame, null);
        }
    }

    enum TakePhase {
        QUEUED,
        SUBMITTING,
        WAITING,
        PROCESSING,
        DOWNLOADING,
        @JsonEnumDefaultValue
        OTHER
    }

    enum LossReason {
        /** The provider refused the input. */
        REFUSED,
        /** The provider's moderation flagged the input or the output. */
        MODERATED,
        /** The prediction failed, and its class permits no further try. */
        FAILED,
        /** The provider stopped or canceled the prediction. */
        STOPPED,
        /** The job's spending cap leaves no room for it. */
        CAP_REACHED,
        /** The output could not be fetched, or was not what was asked for. */
        UNUSABLE_OUTPUT,
        /** A person said that a prediction which could not be verified was paid. */
        WRITTEN_OFF,
        @JsonEnumDefaultValue
        OTHER
    }
}
