package io.showreel.stitch.cutting;

import io.showreel.messaging.Lease;
import io.showreel.stitch.assembly.CutId;
import java.util.concurrent.TimeUnit;

/** Stops work whose lease is over at once, and work whose cut was withdrawn within a second; announces how far it is. */
final class LeaseWatch implements Editor.Watch {

    private static final long LOOK_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Lease lease;
    private final CutId cut;
    private final CutLedger ledger;
    private long lastLook = System.nanoTime();

    LeaseWatch(Lease lease, CutId cut, CutLedger ledger) {
        this.lease = lease;
        this.cut = cut;
        this.ledger = ledger;
    }

    @Override
    public void at(int percent) {
        if (!lease.isFresh()) {
            throw new Editor.StoppedException("its lease is over");
        }
        if (isDue() && !ledger.progressed(cut, percent)) {
            throw new Editor.StoppedException("it is no longer wanted");
        }
    }

    private synchronized boolean isDue() {
        boolean due = System.nanoTime() - lastLook >= LOOK_EVERY;
        lastLook = due ? System.nanoTime() : lastLook;
        return due;
    }
}
