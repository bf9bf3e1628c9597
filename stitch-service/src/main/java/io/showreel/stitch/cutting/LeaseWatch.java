package io.showreel.stitch.cutting;

import io.showreel.messaging.Lease;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;

/** Stops work whose lease is over at once, and work that is no longer wanted within a second; tells how far it is. */
final class LeaseWatch implements Editor.Watch {

    private static final long LOOK_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Lease lease;
    private final IntPredicate wanted;
    private final LongSupplier nanoTime;
    private long lastLook;

    /** @param wanted is told how far the work is, at most once a second, and answers whether it is still wanted */
    LeaseWatch(Lease lease, IntPredicate wanted) {
        this(lease, wanted, System::nanoTime);
    }

    LeaseWatch(Lease lease, IntPredicate wanted, LongSupplier nanoTime) {
        this.lease = lease;
        this.wanted = wanted;
        this.nanoTime = nanoTime;
        lastLook = nanoTime.getAsLong();
    }

    @Override
    public void at(int percent) {
        if (!lease.isFresh()) {
            throw new Editor.StoppedException("its lease is over");
        }
        if (isDue() && !wanted.test(percent)) {
            throw new Editor.StoppedException("it is no longer wanted");
        }
    }

    private synchronized boolean isDue() {
        long now = nanoTime.getAsLong();
        boolean due = now - lastLook >= LOOK_EVERY;
        lastLook = due ? now : lastLook;
        return due;
    }
}
