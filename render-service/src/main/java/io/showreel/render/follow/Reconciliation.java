package io.showreel.render.follow;

import java.time.Duration;
import java.time.Instant;

/**
 * What it means that a sweep of the provider's list did not find an attempt.
 *
 * @param sweeps that must miss it
 * @param notBefore how long after the attempt it may still be on its way
 * @param proofWindow how long after the attempt they prove anything: later the provider may have deleted its input
 */
record Reconciliation(int sweeps, Duration notBefore, Duration proofWindow) {

    /** Far more than clocks differ, as one prediction too many in the list does no harm: each is known by its marks. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

    enum Verdict {
        SEARCH_AGAIN,
        ABSENT,
        BEYOND_PROOF
    }

    /** @param missed sweeps that did not find it, the one at {@code now} included */
    Verdict judge(int missed, Instant begunAt, Instant now) {
        if (isBeyondProof(begunAt, now)) {
            return Verdict.BEYOND_PROOF;
        }
        return missed < sweeps || now.isBefore(begunAt.plus(notBefore)) ? Verdict.SEARCH_AGAIN : Verdict.ABSENT;
    }

    /** Whether nothing that the list says, or does not say, is of any use any more. */
    boolean isBeyondProof(Instant begunAt, Instant now) {
        return now.isAfter(begunAt.plus(proofWindow));
    }

    /** When the provider may have made the prediction by its own clock. */
    Instant earliest(Instant begunAt) {
        return begunAt.minus(CLOCK_SKEW);
    }
}
