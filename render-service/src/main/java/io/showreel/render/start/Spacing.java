package io.showreel.render.start;

import java.time.Duration;

/**
 * Keeps calls apart at the moment they leave. Between a start that was taken and its call lie a transaction and a
 * thread's turn: starts that were taken a pace apart may leave together, and one more than permitted then falls into the
 * provider's window.
 */
final class Spacing {

    private long last;
    private boolean used;

    /**
     * Takes the next moment for a call.
     *
     * @param now in nanoseconds, as {@link System#nanoTime} tells it
     * @param pace since the call before
     * @return how long to wait before calling
     */
    synchronized Duration next(long now, Duration pace) {
        long wait = used ? Math.max(0, last + pace.toNanos() - now) : 0;
        last = now + wait;
        used = true;
        return Duration.ofNanos(wait);
    }
}
