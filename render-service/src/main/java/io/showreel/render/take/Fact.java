package io.showreel.render.take;

import io.showreel.contracts.scene.SceneEvent.LossReason;
import io.showreel.contracts.scene.SceneEvent.Quality;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that happened to a take. */
public sealed interface Fact {

    /** An attempt goes on record; nothing has been sent yet. */
    record Begun(Attempt attempt) implements Fact {}

    /** The job's spending cap leaves no room for another attempt. */
    record CapReached(String message) implements Fact {}

    /** The input can't be made into anything that the model takes. */
    record Unsuitable(String message) implements Fact {}

    /** No open cut asks for the take any more. */
    record Unwanted() implements Fact {}

    /** A person's word on an unverifiable attempt. */
    record Resolved(boolean paid) implements Fact {}

    /**
     * The output is in our object store.
     *
     * @param quality what was seen of it; null for sound, and when it could not be looked at
     */
    record Kept(
            URI object,
            String contentType,
            long size,
            @Nullable Quality quality) implements Fact {

        /** Without a look at it. */
        public Kept(URI object, String contentType, long size) {
            this(object, contentType, size, null);
        }
    }

    /** The output can't be had any more, or is not what was asked for. */
    record Unusable(URI output, String message) implements Fact {}

    /** What is known of one attempt; of any but the take's latest it changes nothing. */
    sealed interface OfAttempt extends Fact {
        UUID token();
    }

    /**
     * Nothing was sent, or the provider turned it away before it made a prediction.
     *
     * @param symptom one that permits another attempt without limit
     */
    record NotSent(UUID token, Symptom symptom, String message) implements OfAttempt {

        /** It did not leave this process. */
        public NotSent(UUID token, String message) {
            this(token, Symptom.UNSENT, message);
        }
    }

    /** The provider refuses the input, and would again. */
    record Refused(UUID token, LossReason reason, String message) implements OfAttempt {}

    /** It may have arrived, but its answer did not. */
    record AnswerLost(UUID token, String message) implements OfAttempt {}

    /** A sweep of the provider's list did not find it, which alone proves nothing. */
    record NotListed(UUID token) implements OfAttempt {}

    record ProvenAbsent(UUID token) implements OfAttempt {}

    /** The provider may have forgotten it, so that its absence proves nothing any more. */
    record BeyondProof(UUID token, Symptom symptom, String message) implements OfAttempt {

        /** Since it can't be asked for, or does not end. */
        public BeyondProof(UUID token, String message) {
            this(token, Symptom.AMBIGUOUS, message);
        }
    }

    /** It goes on after its deadline, and the provider was asked to stop it. */
    record StopAsked(UUID token) implements OfAttempt {}

    record Accepted(UUID token, String predictionId) implements OfAttempt {}

    /**
     * @param output null if the provider had already removed it
     * @param took from its creation to its success; null if the provider didn't say
     */
    record Succeeded(
            UUID token,
            String predictionId,
            @Nullable URI output,
            @Nullable Duration took) implements OfAttempt {

        /** Without its times. */
        public Succeeded(UUID token, String predictionId, @Nullable URI output) {
            this(token, predictionId, output, null);
        }
    }

    record Failed(UUID token, String predictionId, Symptom symptom, String message) implements OfAttempt {}

    /** @param hadStarted whether it ran, and is charged */
    record Stopped(UUID token, String predictionId, boolean hadStarted, String message) implements OfAttempt {}
}
