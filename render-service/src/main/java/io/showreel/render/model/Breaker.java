package io.showreel.render.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an account from a model that fails again and again through no fault of the input.
 *
 * <pre>
 * closed => closed  it failed, but not often enough in a row
 * closed => open    it failed once more than that
 * open   => trying  its time is over: one prediction finds out
 * trying => open    that failed, too: for twice as long
 * any    => closed  a prediction succeeded
 * </pre>
 *
 * @param failures in a row
 * @param openings in a row
 * @param openUntil null while closed; in the past while trying
 */
public record Breaker(int failures, int openings, @Nullable Instant openUntil) {

    public static final Breaker CLOSED = new Breaker(0, 0, null);

    /** The third failure in a row is no coincidence. */
    static final int MOST_FAILURES = 3;

    private static final Duration FIRST_OPENING = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 3;

    public Breaker failed(Instant now) {
        var more = new Breaker(failures + 1, openings, openUntil);
        return isTrying(now) || more.failures >= MOST_FAILURES && !isOpen(now) ? more.opened(now) : more;
    }

    private Breaker opened(Instant now) {
        var length = FIRST_OPENING.multipliedBy(1L << Math.min(openings, MOST_DOUBLINGS));
        return new Breaker(failures, openings + 1, now.plus(length));
    }

    public boolean isOpen(Instant now) {
        return openUntil != null && now.isBefore(openUntil);
    }

    /** Whether one prediction, and no more, is to find out how the model is. */
    public boolean isTrying(Instant now) {
        return openUntil != null && !now.isBefore(openUntil);
    }
}
