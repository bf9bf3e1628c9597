package io.showreel.render.take;

import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.contracts.scene.SceneRequest.CutWithdrawn;
import io.showreel.messaging.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What is on record of cuts, takes and attempts. Everything joins the caller's transaction; rows are locked in the order
 * account, cuts, take.
 */
public interface Ledger {

    /** Puts the cut on record and locks it; empty if it was requested before. */
    Mono<CutState> open(CutRequested cut, Origin origin);

    /** Puts the withdrawal on record and locks the cut. */
    Mono<CutState> withdraw(CutWithdrawn withdrawal);

    /** Puts the takes on record that aren't yet, in their order, and which the cut asks for; tells how many were new. */
    Mono<Integer> enter(CutRequested cut);

    /** What the cut was told no end of yet, in the order of its takes. */
    Flux<Wish> openWishes(long jobId, int cut);

    /** Locks all cuts that ask for the take and were told no end of it yet. */
    Flux<Wish> lockOpenWishes(UUID takeId);

    /** The same for a reader. */
    Flux<Wish> openWishes(UUID takeId);

    /** The same while the take waits in the queue; none once it left it. */
    Flux<Wish> waitingWishes(UUID takeId);

    Mono<Boolean> isWantedByAnother(Wish wish);

    Mono<Entry> find(UUID takeId);

    Mono<Entry> lock(UUID takeId);

    /** When the take came into its state. */
    Mono<Instant> changedAt(UUID takeId);

    Mono<Void> save(Entry before, Take after);

    Mono<Void> settle(Wish wish, Outcome outcome);

    /** Closes the cut if it was requested and all its takes have ended; empty if not, or if it was closed before. */
    Mono<Closing> closeIfComplete(long jobId, int cut);

    /** The job's latest cut that was closed, with all its attempts cost by now; empty if there is none. */
    Mono<Closed> lastClosed(long jobId);

    /**
     * The next takes that are due, in the order of the queue: jobs take turns, and who comes later begins with the turn
     * that is being served.
     *
     * @param shut models that are not to be submitted to
     */
    Flux<Entry> next(String account, Collection<String> shut, int limit);

    /** What waits in the order of the queue, also what is not due yet; the cost grows with the limit. */
    Flux<Waiting> queue(String account, int limit);

    /** What takes a slot of the account. */
    Flux<Running> running(String account);

    /** Lets the take wait before its next turn. */
    Mono<Void> delay(UUID takeId, Duration wait);

    /** What the job has spent and reserved. */
    Mono<Usd> spent(long jobId);

    /** The cap that the job's latest cut came with; empty without one. */
    Mono<Usd> cap(long jobId);

    Mono<Void> remember(Trace trace, long epoch);

    Mono<Trace> trace(UUID token);

    /** Whether an input that can't be told from this one is in flight. */
    Mono<Boolean> isTwinInFlight(String account, Trace trace);

    /** The takes whose attempt was begun under an earlier lease, and was not answered. */
    Flux<Entry> orphans(String account, long epoch);

    /** Takes of other accounts that have something at the provider, and of which nothing was heard since then. */
    Flux<Entry> underWayElsewhere(String account, Instant unheardSince);

    /** The take that an attempt was made for. */
    Mono<Entry> ofAttempt(UUID token);

    Mono<Boolean> isKnown(String predictionId);

    /** The take that an attempt belongs to, by its token or its prediction. */
    Mono<Submission> submission(@Nullable UUID token, String predictionId);

    /** @return whether this webhook is here for the first time */
    Mono<Boolean> enterWebhook(String id);

    Flux<Entry> takesOf(long jobId);

    /** @param model that it asks for */
    record Waiting(UUID takeId, long jobId, String model) {}

    /** @param model that it was given to */
    record Running(String model, Instant begunAt) {}

    record CutState(boolean requested, boolean withdrawn, boolean closed) {}

    record Submission(UUID takeId, UUID token) {}

    enum Outcome {
        RENDERED,
        LOST,
        WITHDRAWN
    }

    record Closed(int cut, Closing closing) {}

    /**
     * @param cost of the takes that this cut was the first to ask for
     * @param took what each of their successful predictions took, in the order of submission
     * @param actual from the request to the end of the last take
     */
    record Closing(
            int rendered,
            int lost,
            int withdrawn,
            Usd cost,
            Usd spent,
            List<Duration> took,
            Duration actual,
            Origin origin) {}
}
