package io.showreel.messaging;

import java.time.Instant;
import reactor.core.publisher.Mono;

/** Rows of work that outlive the process working on them. */
public interface LeasedWork {

    /**
     * Makes the work due, inside the caller's transaction. Repeating it only ever pulls the due time earlier. Work that
     * is being done meanwhile keeps its lease, and is done once more afterwards: what was scheduled last is never lost.
     */
    Mono<Void> schedule(String queue, String key, Instant due);

    /**
     * Locks the row until the caller's transaction ends, so that nobody can take the lease in the meantime. Errors with
     * {@link LeaseLostException} if somebody has.
     */
    Mono<Void> confirm(Lease lease);

    /** The work is done: confirms the lease and removes the row (or makes it due, if it was scheduled again). */
    Mono<Void> complete(Lease lease);

    /** There is more to be done later: confirms the lease and releases the row until then; attempts count from zero. */
    Mono<Void> postpone(Lease lease, Instant due);
}
