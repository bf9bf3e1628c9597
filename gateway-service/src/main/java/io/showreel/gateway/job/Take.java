package io.showreel.gateway.job;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneEvent.TakePhase;
import io.showreel.contracts.scene.TakeKind;
import java.net.URI;
import java.time.Duration;
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
 * @param paid what a person said about that; null if nobody did
 * @param hold why nothing is submitted for the account now, for a person; null while all goes well
 * @param thumbnail a JPEG of its clip; null until somebody drew one
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
        @Nullable Boolean paid,
        @Nullable String hold,
        @Nullable URI thumbnail,
        @Nullable End end) {

    /** How a take ended. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "how")
    public sealed interface End {
        Usd cost();

        /**
         * @param length as the provider was asked for; null for speech, and from earlier versions
         * @param quality what was seen of the clip on its arrival; null if nobody looked
         */
        record Rendered(
                URI object,
                String contentType,
                long size,
                Usd cost,
                @Nullable Duration length,
                SceneEvent.@Nullable Quality quality)
                implements End {}

        record Lost(SceneEvent.LossReason reason, String message, Usd cost) implements End {}

        record Withdrawn(Usd cost) implements End {}
    }

    static Take queued(UUID id, @Nullable UUID sceneId, TakeKind kind, boolean required) {
        return new Take(
                id,
                sceneId,
                kind,
                required,
                false,
                TakePhase.QUEUED,
                null,
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                null,
                null);
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
                id,
                sceneId,
                kind,
                requiredNow,
                true,
                phase,
                null,
                null,
                predictionId,
                model,
                attempts,
                null,
                paid,
                null,
                thumbnail,
                end);
    }

    Take evolve(SceneEvent event) {
        if (ended()) {
            return this;
        }
        return switch (event) {
            case SceneEvent.TakeStarted e ->
                at(
                        TakePhase.WAITING,
                        null,
                        expectedAt,
                        e.predictionId(),
                        e.model(),
                        Math.max(attempts, e.attempt()),
                        null);
            case SceneEvent.TakeProgressed e ->
                at(e.phase(), e.queuePosition(), e.expectedAt(), predictionId, model, attempts, e.hold());
            case SceneEvent.TakeUnverifiable e -> doubted(e.message(), null);
            case SceneEvent.TakeRendered e ->
                ended(
                        e.predictionId(),
                        e.model(),
                        e.attempts(),
                        new End.Rendered(e.object(), e.contentType(), e.size(), e.cost(), e.length(), e.quality()));
            case SceneEvent.TakeLost e ->
                ended(predictionId, model, e.attempts(), new End.Lost(e.reason(), e.message(), e.cost()));
            case SceneEvent.TakeWithdrawn e -> ended(predictionId, model, e.attempts(), new End.Withdrawn(e.cost()));
            case SceneEvent.CutClosed e -> this;
            case SceneEvent.Unrecognised e -> this;
        };
    }

    /** Whether a person's word is needed, and was not given yet. */
    public boolean waitsForWord() {
        return !ended() && doubt != null && paid == null;
    }

    /** A person said whether it was paid. */
    Take resolved(boolean wasPaid) {
        return waitsForWord() ? doubted(doubt, wasPaid) : this;
    }

    private Take doubted(@Nullable String newDoubt, @Nullable Boolean wasPaid) {
        return new Take(
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
                newDoubt,
                wasPaid,
                null,
                thumbnail,
                null);
    }

    /** Its clip can be shown; said by another service than its end, so before or after that. */
    Take shown(URI newThumbnail) {
        return new Take(
                id,
                sceneId,
                kind,
                required,
                inherited,
                phase,
                queuePosition,
                expectedAt,
                predictionId,
                model,
                attempts,
                doubt,
                paid,
                hold,
                newThumbnail,
                end);
    }

    private Take at(
            TakePhase reached,
            @Nullable Integer newQueuePosition,
            @Nullable Instant newExpectedAt,
            @Nullable String newPredictionId,
            @Nullable String newModel,
            int newAttempts,
            @Nullable String newHold) {
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
                null,
                newHold,
                thumbnail,
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
                null,
                null,
                thumbnail,
                theEnd);
    }

    private static int rank(TakePhase phase) {
        return switch (phase) {
            case OTHER, QUEUED -> 0;
            case SUBMITTING -> 1;
            case WAITING -> 2;
            case PROCESSING -> 3;
            case DOWNLOADING -> 4;
        };
    }
}
