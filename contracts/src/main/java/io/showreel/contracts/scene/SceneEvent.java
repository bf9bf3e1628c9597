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
     */
    record TakeProgressed(
            long jobId,
            int cut,
            UUID takeId,
            @Nullable UUID sceneId,
            TakePhase phase,
            @Nullable Integer queuePosition,
            @Nullable Instant expectedAt)
            implements SceneEvent {}

    /**
     * The take's file is in our object store.
     *
     * @param object as {@code s3://bucket/key}; the key contains the sha256
     * @param size in bytes
     * @param length as the provider was asked for; null for speech
     * @param cost of this take, all its predictions together
     * @param attempts predictions that were made for it
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
            int attempts)
            implements SceneEvent {}

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
     */
    record CutClosed(long jobId, int cut, int rendered, int lost, int withdrawn, Usd cost, Usd spent)
            implements SceneEvent {}

    /** A type this version does not know: skipped by its readers, never written. */
    record Unrecognised() implements SceneEvent {}

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
