package io.showreel.messaging;

import java.time.Duration;

/**
 * Works on the rows of a queue; each bean of this type is started with the application.
 *
 * @param concurrency rows worked on at once by this process
 * @param lease how long a row stays with a worker that gives no sign of life
 * @param endsWithItsOwner whether a row is due as soon as the database has seen its worker's process go, without waiting
 *     for the lease to run out: for work that comes to no harm when a process that only lost its connection goes on with it
 *     for a moment
 */
public record LeaseWorker(String queue, int concurrency, Duration lease, boolean endsWithItsOwner, Work work) {

    /** A worker whose leases run out, whatever became of the process. */
    public LeaseWorker(String queue, int concurrency, Duration lease, Work work) {
        this(queue, concurrency, lease, false, work);
    }

    public LeaseWorker endingWithItsOwner() {
        return new LeaseWorker(queue, concurrency, lease, true, work);
    }

    /**
     * Blocking work on a virtual thread. It ends with {@link LeasedWork#complete} or {@link LeasedWork#postpone}, in the
     * transaction that keeps its result. An exception postpones it with a growing delay. It is interrupted when the
     * application stops; a lost lease does not interrupt it, so long work looks at {@link Lease#isFresh} now and then.
     */
    @FunctionalInterface
    public interface Work {
        void run(Lease lease) throws Exception;
    }
}
