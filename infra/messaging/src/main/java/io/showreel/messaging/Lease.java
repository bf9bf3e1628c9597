package io.showreel.messaging;

/**
 * The right to work on a row, until the heartbeats stop.
 *
 * @param owner the process that holds it
 * @param epoch rises each time the row is leased; only the current one may complete or postpone
 * @param attempts how often the row was leased since it was scheduled or last postponed; more than 1 means that an
 *     earlier attempt failed or that its worker was killed
 * @param pulse tells whether the heartbeats go on
 */
public record Lease(String queue, String key, String owner, long epoch, int attempts, Pulse pulse) {

    /** A lease that never goes stale, for work that is called without a worker. */
    public Lease(String queue, String key, String owner, long epoch, int attempts) {
        this(queue, key, owner, epoch, attempts, () -> true);
    }

    /**
     * Whether nobody else can have taken the row yet, by the monotonic clock: to be asked immediately before an effect
     * that can't be taken back.
     */
    public boolean isFresh() {
        return pulse.isFresh();
    }

    /** Knows when the last heartbeat was. */
    @FunctionalInterface
    public interface Pulse {
        boolean isFresh();
    }
}
