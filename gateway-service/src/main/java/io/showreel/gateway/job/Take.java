package io.showreel.gateway.job;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneEvent.TakePhase;
import io.showreel.contracts.scene.TakeKind;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway knows of one paid input of a cut. The phase only advances, also over a resubmission, so that what a
 * client sees never goes back; the first end wins.
 *
 * @param inherited ended in an earlier cut, and is not paid by this one
 * @param queuePosition 1 for the next to be submitted
 * @param doubt why nobody can tell whether it was paid; null while everybody can
 */
public record Take(
        UUID id,
        @Nullable UUID sceneId,
        TakeKind kind,
        boolean required,
        boolean inherited,
        TakePhase phase,
        @Nullable Integer queuePosition,
        @Nullable Instant expectedAt,
        @Nullable String predictionId,
        @Nullable String model,
        int attempts,
        @Nullable String doubt,
        @Nullable End end) {

    /** How a take ended. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "how")
    public sealed interface End {
        Usd cost();

        record Rendered(URI object, String contentType, long size, Usd cost) implements End {}

        record Lost(SceneEvent.LossReason reason, String message, Usd cost) implements End {}

        record Withdrawn(Usd cost) implements End {}
    }

    static Take queued(UUID id, @Nullable UUID sceneId, TakeKind kind, boolean required) {
        return new Take(id, sceneId, kind, required, false, TakePhase.QUEUED, null, null, null, null, 0, null, null);
    }

    public boolean ended() {
        return end != null;
    }

    public boolean rendered() {
        return end instanceof End.Rendered;
    }

    boolean endedWithoutFile() {
        return end != null && !rendered();
    }

    public boolean begun() {
        return ended() || attempts > 0 || phase != TakePhase.QUEUED;
    }

    /** The same take in the next cut: a file that was paid for is never paid again. */
    Take carriedOver(boolean requiredNow) {
        return new Take(
                id, sceneId, kind, requiredNow, true, phase, null, null, predictionId, model, attempts, null, end);
    }

    Take evolve(SceneEvent event) {
        if (ended()) {
            return this;
        }
        return switch (event) {
            case SceneEvent.TakeStarted e ->
                at(TakePhase.WAITING, null, expectedAt, e.predictionId(), e.model(), Math.max(attempts, e.attempt()));
            case SceneEvent.TakeProgressed e ->
                at(e.phase(), e.queuePosition(), e.expectedAt(), predictionId, model, attempts);
            case SceneEvent.TakeUnverifiable e ->
                new Take(
                        id,
                        sceneId,
                        kind,
                        required,
                        inherited,
                        phase,
                        null,
                        null,
                        predictionId,
                        model,
                        attempts,
                        e.message(),
                        null);
            case SceneEvent.TakeRendered e ->
                ended(
                        e.predictionId(),
                        e.model(),
                        e.attempts(),
                        new End.Rendered(e.object(), e.contentType(), e.size(), e.cost()));
            case SceneEvent.TakeLost e ->
                ended(predictionId, model, e.attempts(), new End.Lost(e.reason(), e.message(), e.cost()));
            case SceneEvent.TakeWithdrawn e -> ended(predictionId, model, e.attempts(), new End.Withdrawn(e.cost()));
            case SceneEvent.CutClosed e -> this;
            case SceneEvent.Unrecognised e -> this;
        };
    }

    private Take at(
            TakePhase reached,
            @Nullable Integer newQueuePosition,
            @Nullable Instant newExpectedAt,
            @Nullable String newPredictionId,
            @Nullable String newModel,
            int newAttempts) {
        return new Take(
                id,
                sceneId,
                kind,
                required,
                inherited,
                rank(reached) > rank(phase) ? reached : phase,
                newQueuePosition,
                newExpectedAt,
                newPredictionId,
                newModel,
                newAttempts,
                null,
                null);
    }

    private Take ended(@Nullable String lastPredictionId, @Nullable String lastModel, int allAttempts, End theEnd) {
        return new Take(
                id,
                sceneId,
                kind,
                required,
                inherited,
                TakePhase.DOWNLOADING,
                null,
                null,
                lastPredictionId,
                lastModel,
                allAttempts,
                null,
                theEnd);
    }

    /** How far it is, from 0 to 100; never falls. */
    int percent() {
        return ended() ? 100 : rank(phase);
    }

    private static int rank(TakePhase phase) {
        return switch (phase) {
            case OTHER, QUEUED -> 0;
            case SUBMITTING -> 5;
            case WAITING -> 10;
            case PROCESSING -> 30;
            case DOWNLOADING -> 90;
        };
    }
}
