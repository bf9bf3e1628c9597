package io.showreel.render.take;

import io.showreel.messaging.Errand;
import io.showreel.messaging.Origin;
import io.showreel.observability.tracing.Spans;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Lets a thread that works on a take log and trace in the name of the job that asked for it. */
@Component
public class TakeErrands {

    private static final Logger log = LoggerFactory.getLogger(TakeErrands.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final Spans spans;

    TakeErrands(Ledger ledger, Spans spans) {
        this.ledger = ledger;
        this.spans = spans;
    }

    /**
     * Until it is closed. Where nobody wants the take any more, or the ledger can't be read, in nobody's name: work does
     * not fail over what is said about it.
     */
    public Errand begin(String name, UUID takeId) {
        return wishOf(takeId)
                .map(wish -> Errand.begin(spans, name, Long.toString(wish.jobId()), wish.origin()))
                .orElseGet(() -> Errand.begin(spans, name, null, Origin.UNKNOWN))
                .tag("showreel.take.id", takeId.toString());
    }

    /** Waited for, since log context and span belong to the thread that opens them. */
    private Optional<Wish> wishOf(UUID takeId) {
        try {
            return ledger.openWishes(takeId).next().blockOptional(TIMEOUT);
        } catch (RuntimeException e) {
            log.debug("Nobody knows for whom take {} is", takeId, e);
            return Optional.empty();
        }
    }
}
