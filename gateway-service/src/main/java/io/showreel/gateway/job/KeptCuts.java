package io.showreel.gateway.job;

import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** Cuts that have ended, for whoever returns to one. What changes something joins the caller's transaction. */
public interface KeptCuts {

    /** Keeps it with the time of this transaction; once is enough. */
    Mono<Void> keep(long jobId, Cut cut);

    /** All of a job, the oldest first. */
    Mono<List<KeptCut>> of(long jobId);

    Mono<Void> remove(long jobId, List<Integer> numbers);

    /**
     * Jobs that may have something to give up: those with a cut that ended before, and is not their latest.
     *
     * @param after only jobs with a higher id, so that all are seen in turn
     */
    Mono<List<Long>> jobsWithOld(Instant endedBefore, long after, int limit);

    record KeptCut(Cut cut, Instant endedAt) {}
}
