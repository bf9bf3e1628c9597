package io.showreel.selection.storyboard;

import java.time.Duration;

/** The moment by which an answer is due, on the monotonic clock. */
public final class Deadline {

    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Zero when it has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    public boolean allows(Duration time) {
        return remaining().compareTo(time) > 0;
    }
}
