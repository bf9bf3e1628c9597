package io.showreel.render.follow;

import io.showreel.render.studio.replicate.ReplicateSettings;
import io.showreel.render.take.Attempt;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** How long a prediction may go on, and how long its end is awaited. */
@Component
class Lifetime {

    private final FollowSettings settings;
    private final ReplicateSettings replicate;

    Lifetime(FollowSettings settings, ReplicateSettings replicate) {
        this.settings = settings;
        this.replicate = replicate;
    }

    /** Whether the provider should have stopped it itself by now. */
    boolean isExceeded(Attempt attempt, Instant now) {
        return now.isAfter(deadline(attempt).plus(settings.grace()));
    }

    /** Whether nobody waits for its end any more. */
    boolean isGivenUp(Attempt attempt, Instant now) {
        return now.isAfter(deadline(attempt).plus(settings.giveUpAfter()));
    }

    private Instant deadline(Attempt attempt) {
        return attempt.begunAt().plus(replicate.cancelAfter());
    }
}
