package io.showreel.messaging;

import java.time.Duration;

/** How long to wait after failures in a row: doubling from the first to the longest. */
public record Backoff(Duration first, Duration longest) {

    public Duration after(int failures) {
        var doublings = Math.clamp(failures - 1L, 0, 30);
        var delay = first.multipliedBy(1L << doublings);
        return delay.compareTo(longest) < 0 ? delay : longest;
    }
}
