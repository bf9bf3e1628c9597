package io.showreel.render.account;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account as it is on record.
 *
 * @param pausedUntil nothing is submitted before
 * @param hold null while the provider takes what it is sent
 * @param slow a rate below the usual that the provider told us
 * @param inFlight predictions that take a slot
 * @param unanswered those of them whose submission has no answer yet
 */
public record Account(
        String name,
        @Nullable Instant pausedUntil,
        @Nullable Hold hold,
        @Nullable Slow slow,
        int inFlight,
        int unanswered) {

    /** @param perMinute submissions that the provider takes for now */
    public record Slow(int perMinute, Instant until) {}

    /** Whether one more may be submitted: on hold, only to find out whether it still has to be, one at a time. */
    public boolean hasSlot(AccountSettings settings, Instant now) {
        return !isPaused(now) && inFlight < settings.maxConcurrency() && (hold == null || unanswered == 0);
    }

    private boolean isPaused(Instant now) {
        return pausedUntil != null && pausedUntil.isAfter(now);
    }

    /** The time between two submissions. */
    public Duration pace(AccountSettings settings, Instant now) {
        if (slow == null || !now.isBefore(slow.until())) {
            return settings.delay();
        }
        var told = Duration.ofMinutes(1).dividedBy(Math.max(1, slow.perMinute()));
        return told.compareTo(settings.delay()) > 0 ? told : settings.delay();
    }
}
