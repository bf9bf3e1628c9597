package io.showreel.embedded.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for conditions of the outside world, which can only be looked at. */
public final class Waiting {

    private static final long INTERVAL_MILLIS = 50;

    private Waiting() {}

    /** True as soon as the condition holds; false if it did not within {@code patience} or we were interrupted. */
    public static boolean until(Duration patience, BooleanSupplier condition) {
        var end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= end) {
                return false;
            }
            try {
                Thread.sleep(INTERVAL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
