package io.showreel.render.take;

import io.showreel.contracts.Usd;
import java.net.URI;
import java.time.Duration;
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
 * @param took from the prediction's creation to its success, by the provider's clock; null before, and if it didn't say
 * @param output where the provider keeps what it made; null before, and once it proved to be of no use
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
        int sweeps,
        @Nullable Duration took,
        @Nullable URI output) {

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
        /** A person, the withdrawal of its cut, or the provider's silence settled that it counts as paid. */
        WRITTEN_OFF,
        /** Turned up after its take had gone on without it; it is being stopped, and its end awaited. */
        STRAY;

        /** Whether the provider may be working on it, so that it takes one of the account's slots. */
        public boolean isInFlight() {
            return this == SUBMITTING || this == UNKNOWN || this == RUNNING || this == STRAY;
        }

        /** Whether what is heard of it, although its take goes on without it, is news: what was settled stays so. */
        private boolean isOpen() {
            return switch (this) {
                case ABSENT, NOT_SENT, REFUSED, STRAY -> true;
                case SUBMITTING, UNKNOWN, RUNNING, SUCCEEDED, FAILED, CANCELED, ABORTED, UNVERIFIABLE, WRITTEN_OFF ->
                    false;
            };
        }

        private boolean isPaid() {
            return this == SUCCEEDED || this == CANCELED || this == WRITTEN_OFF;
        }
    }

    static Attempt begin(UUID token, int number, String model, Usd price, Instant now, @Nullable String reason) {
        return new Attempt(token, number, model, price, now, reason, Stage.SUBMITTING, null, null, null, 0, null, null);
    }

    /** What the attempt costs: its price while it may still have to be paid, and afterwards if it was. */
    public Usd cost() {
        return stage.isPaid() || stage.isInFlight() || stage == Stage.UNVERIFIABLE ? price : Usd.ZERO;
    }

    /** Whether the provider has, or may have, made a prediction of it. */
    public boolean isPrediction() {
        return predictionId != null || stage.isInFlight() || stage == Stage.UNVERIFIABLE || stage == Stage.WRITTEN_OFF;
    }

    /** Whether it is with the provider, or was and succeeded, although its take may have gone on without it. */
    boolean turnedUp() {
        return stage == Stage.STRAY || stage == Stage.SUCCEEDED;
    }

    /** The attempt as it is known to be after its take had gone on without it. */
    Attempt heardOfLate(Fact.OfAttempt fact) {
        if (!stage.isOpen()) {
            return this;
        }
        return switch (fact) {
            case Fact.Accepted accepted ->
                stage == Stage.STRAY ? this : in(Stage.STRAY).as(accepted.predictionId());
            case Fact.Succeeded succeeded ->
                in(Stage.SUCCEEDED)
                        .as(succeeded.predictionId())
                        .within(succeeded.took())
                        .offering(succeeded.output());
            case Fact.Failed failed ->
                in(Stage.FAILED).as(failed.predictionId()).because(failed.symptom(), failed.message());
            case Fact.Stopped stopped -> stopped(stopped);
            case Fact.BeyondProof beyond ->
                stage == Stage.STRAY ? in(Stage.WRITTEN_OFF).because(symptom, beyond.message()) : this;
            case Fact.NotSent notSent -> this;
            case Fact.Refused refused -> this;
            case Fact.AnswerLost lost -> this;
            case Fact.StopAsked asked -> this;
            case Fact.NotListed notListed -> this;
            case Fact.ProvenAbsent absent -> this;
        };
    }

    Attempt stopped(Fact.Stopped fact) {
        var ended = fact.hadStarted()
                ? in(Stage.CANCELED).because(Symptom.STOPPED, fact.message())
                : in(Stage.ABORTED).because(Symptom.ABORTED, fact.message());
        return ended.as(fact.predictionId());
    }

    Attempt in(Stage stage) {
        return new Attempt(
                token,
                number,
                model,
                price,
                begunAt,
                reason,
                stage,
                predictionId,
                symptom,
                message,
                sweeps,
                took,
                output);
    }

    Attempt as(String predictionId) {
        return new Attempt(
                token,
                number,
                model,
                price,
                begunAt,
                reason,
                stage,
                predictionId,
                symptom,
                message,
                sweeps,
                took,
                output);
    }

    Attempt because(@Nullable Symptom symptom, @Nullable String message) {
        return new Attempt(
                token,
                number,
                model,
                price,
                begunAt,
                reason,
                stage,
                predictionId,
                symptom,
                message,
                sweeps,
                took,
                output);
    }

    Attempt within(@Nullable Duration took) {
        return new Attempt(
                token,
                number,
                model,
                price,
                begunAt,
                reason,
                stage,
                predictionId,
                symptom,
                message,
                sweeps,
                took,
                output);
    }

    Attempt offering(@Nullable URI output) {
        return new Attempt(
                token,
                number,
                model,
                price,
                begunAt,
                reason,
                stage,
                predictionId,
                symptom,
                message,
                sweeps,
                took,
                output);
    }

    Attempt sweptOnceMore() {
        return new Attempt(
                token,
                number,
                model,
                price,
                begunAt,
                reason,
                stage,
                predictionId,
                symptom,
                message,
                sweeps + 1,
                took,
                output);
    }
}
