package io.showreel.system.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A distribution of durations. */
final class Times {

    private final List<Duration> sorted;

    Times(List<Duration> times) {
        var copy = new ArrayList<>(times);
        copy.sort(null);
        this.sorted = List.copyOf(copy);
    }

    int count() {
        return sorted.size();
    }

    /** In milliseconds; the nearest rank, so that what is shown did happen. */
    String at(double share) {
        if (sorted.isEmpty()) {
            return "-";
        }
        var rank = (int) Math.ceil(share * sorted.size());
        var nanos = sorted.get(Math.max(0, rank - 1)).toNanos();
        return String.format(Locale.ROOT, nanos < 10_000_000 ? "%.1f" : "%.0f", nanos / 1e6);
    }

    /** {@code p50 / p99 / max}. */
    String summary() {
        return at(0.5) + " / " + at(0.99) + " / " + at(1);
    }
}
