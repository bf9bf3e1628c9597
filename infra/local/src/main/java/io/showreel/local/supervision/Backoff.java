package io.showreel.local.supervision;

import java.time.Duration;

/**
 * How long to wait before a process that died is started again: at once more often, later less, and forgiven when it
 * ran well for a while.
 */
public record Backoff(Duration first, Duration most, Duration forgivenAfter) {

    public static final Backoff DEFAULT =
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(20), Duration.ofSeconds(60));

    /** The wait before the next start, when this many in a row ended too soon. */
    public Duration after(int deathsInARow) {
        var doublings = Math.clamp(deathsInARow - 1L, 0, 16);
        var wait = first.multipliedBy(1L << doublings);
        return wait.compareTo(most) > 0 ? most : wait;
    }

    boolean forgives(Duration ran) {
        return ran.compareTo(forgivenAfter) >= 0;
    }
}
