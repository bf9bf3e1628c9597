package io.showreel.gateway.job.clock;

import io.showreel.messaging.Backlog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * For how long, without a break, this instance has reached the broker and its database, and what it said has left. A
 * break ends with the next look at which all is well again; time in which nobody looked (a stopped process, a sleeping
 * machine) is a break too.
 */
@Component
class Reach {

    private static final Logger log = LoggerFactory.getLogger(Reach.class);
    private static final Duration UNWATCHED = Duration.ofSeconds(10);

    private final Backlog backlog;
    private final Unsent unsent;
    private final Clock clock;
    private @Nullable Instant since;
    private @Nullable Instant looked;

    Reach(Backlog backlog, Unsent unsent, Clock clock) {
        this.backlog = backlog;
        this.unsent = unsent;
        this.clock = clock;
    }

    /** Looks, and says for how long all has been well; null if something is out of reach. */
    @Nullable
    Duration look() {
        if (!isAllWell()) {
            since = null;
            return null;
        }
        var now = clock.instant();
        var begun = since;
        if (begun == null || looked == null || now.isAfter(looked.plus(UNWATCHED)) || now.isBefore(looked)) {
            begun = now;
        }
        since = begun;
        looked = now;
        return Duration.between(begun, now);
    }

    private boolean isAllWell() {
        try {
            backlog.snapshot();
            return !unsent.isStuck();
        } catch (RuntimeException e) {
            if (since != null) {
                log.warn("Jobs are not told that their time is up until all is in reach again: {}", e.toString());
            }
            return false;
        }
    }
}
