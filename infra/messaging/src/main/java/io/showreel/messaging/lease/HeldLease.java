package io.showreel.messaging.lease;

import io.showreel.messaging.Lease;
import java.time.Duration;

/** A lease of this process and its last sign of life, by the monotonic clock. */
final class HeldLease implements Lease.Pulse {

    private final Lease lease;
    private final Duration freshFor;
    private volatile long beatAt;
    private volatile boolean lost;

    /**
     * @param beatAt when the statement that leased the row was sent: the database's clock starts later
     * @param freshFor the lease less a margin for clocks, and for the time between looking and doing
     */
    HeldLease(String queue, String owner, LeaseTable.Claimed claimed, long beatAt, Duration freshFor) {
        this.lease = new Lease(queue, claimed.key(), owner, claimed.epoch(), claimed.attempts(), this);
        this.beatAt = beatAt;
        this.freshFor = freshFor;
    }

    Lease lease() {
        return lease;
    }

    void beat(long at) {
        beatAt = at;
    }

    void lose() {
        lost = true;
    }

    @Override
    public boolean isFresh() {
        return !lost && System.nanoTime() - beatAt < freshFor.toNanos();
    }
}
