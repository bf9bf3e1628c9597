package io.showreel.local.sample;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** When each milestone of a job was first seen, counted from its start. */
final class Timeline {

    private final long start = System.nanoTime();
    private final Map<String, Duration> milestones = new LinkedHashMap<>();

    /** The first time counts. */
    void reached(String milestone) {
        milestones.putIfAbsent(milestone, elapsed());
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public String toString() {
        return milestones.entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT,
                        "    %-18s %7.1f s",
                        entry.getKey(),
                        entry.getValue().toMillis() / 1000.0))
                .collect(Collectors.joining("\n"));
    }
}
