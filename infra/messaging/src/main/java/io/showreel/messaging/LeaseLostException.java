package io.showreel.messaging;

/** Somebody else has leased the row since, or it is gone: this worker's result no longer counts. */
public final class LeaseLostException extends RuntimeException {
    public LeaseLostException(Lease lease) {
        super("The lease of %s/%s, epoch %d, is lost.".formatted(lease.queue(), lease.key(), lease.epoch()));
    }
}
