package io.showreel.render.take;

import io.showreel.contracts.Usd;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One submission of a take, on record before it is sent.
 *
 * @param token what the submission can be recognised by at the provider
 * @param number 1 for a take's first
 * @param model as it was submitted: a name, or a name and the hash of a version
 * @param price reserved for it
 * @param reason why the take was submitted again; null for its first attempt
 * @param sweeps of the provider's list that did not find it
 */
public record Attempt(
        UUID token,
        int number,
        String model,
        Usd price,
        Instant begunAt,
        @Nullable String reason,
        Stage stage,
        @Nullable String predictionId,
        @Nullable Symptom symptom,
        @Nullable String message,
        int sweeps) {

    public enum Stage {
        /** On record, and perhaps on its way. */
        SUBMITTING,
        /** Nobody knows whether it arrived. */
        UNKNOWN,
        RUNNING,
        SUCCEEDED,
        FAILED,
        /** Stopped while it ran. */
        CANCELED,
        /** Stopped before it ran. */
        ABORTED,
        /** Certainly never left this process, or was turned away at the provider's door. */
        NOT_SENT,
        /** The provider refused the input. */
        REFUSED,
        /** Proven not to exist. */
        ABSENT,
        /** It can't be proven any more whether it exists. */
        UNVERIFIABLE,
        /** A person, or the withdrawal of its cut, settled that it counts as paid. */
        WRITTEN_OFF;

        /** Whether the provider may be working on it, so that it takes one of the account's slots. */
        public boolean isInFlight() {
            return this == SUBMITTING || this == UNKNOWN || this == RUNNING;
        }

        private boolean isPaid() {
            return this == SUCCEEDED || this == CANCELED || this == WRITTEN_OFF;
        }
    }

    static Attempt begin(UUID token, int number, String model, Usd price, Instant now, @Nullable String reason) {
        return new Attempt(token, number, model, price, now, reason, Stage.SUBMITTING, null, null, null, 0);
    }

    /** What the attempt costs: its price while it may still have to be paid, and afterwards if it was. */
    public Usd cost() {
        return stage.isPaid() || stage.isInFlight() || stage == Stage.UNVERIFIABLE ? price : Usd.ZERO;
    }

    /** Whether the provider has, or may have, made a prediction of it. */
    public boolean isPrediction() {
        return predictionId != null || stage.isInFlight() || stage == Stage.UNVERIFIABLE || stage == Stage.WRITTEN_OFF;
    }

    Attempt in(Stage stage) {
        return new Attempt(token, number, model, price, begunAt, reason, stage, predictionId, symptom, message, sweeps);
    }

    Attempt as(String predictionId) {
        return new Attempt(token, number, model, price, begunAt, reason, stage, predictionId, symptom, message, sweeps);
    }

    Attempt because(@Nullable Symptom symptom, @Nullable String message) {
        return new Attempt(token, number, model, price, begunAt, reason, stage, predictionId, symptom, message, sweeps);
    }

    Attempt sweptOnceMore() {
        return new Attempt(
                token, number, model, price, begunAt, reason, stage, predictionId, symptom, message, sweeps + 1);
    }
}
