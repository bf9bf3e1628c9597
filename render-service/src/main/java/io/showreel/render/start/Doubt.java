package io.showreel.render.start;

import io.showreel.render.account.AccountSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Submissions in a row of which nobody knows whether they arrived. */
record Doubt(int times, Instant since) {

    static Doubt first(Instant now) {
        return new Doubt(1, now);
    }

    Doubt again() {
        return new Doubt(times + 1, since);
    }

    /** How long to submit nothing: longer the longer it has gone on; empty while it may be an accident. */
    Optional<Duration> pause(AccountSettings settings, Instant now) {
        if (times < settings.doubtsInARow()) {
            return Optional.empty();
        }
        var half = Duration.between(since, now).dividedBy(2);
        return Optional.of(longer(settings.probeEvery(), shorter(settings.longestDoubt(), half)));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
