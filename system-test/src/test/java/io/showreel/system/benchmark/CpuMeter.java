package io.showreel.system.benchmark;

import io.showreel.local.supervision.Supervisor.RunningPart;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How much of a core each process uses, its children's included. */
final class CpuMeter {

    private final List<RunningPart> parts;
    private final Map<String, Duration> before;
    private final long start = System.nanoTime();

    private CpuMeter(List<RunningPart> parts) {
        this.parts = parts;
        this.before = used(parts);
    }

    static CpuMeter start(List<RunningPart> parts) {
        return new CpuMeter(parts);
    }

    /** In per cent of one core since the start, this JVM's own share as that of the client. */
    String shares() {
        var nanos = System.nanoTime() - start;
        var after = used(parts);
        var shares = new LinkedHashMap<String, Long>();
        after.forEach((name, used) ->
                shares.put(name, Math.round(100.0 * used.minus(before.get(name)).toNanos() / nanos)));
        return shares.entrySet().stream()
                        .filter(share -> share.getValue() > 0)
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(share -> share.getKey() + " " + share.getValue())
                        .collect(Collectors.joining(", "))
                + String.format(
                        Locale.ROOT,
                        "; together %d",
                        shares.values().stream().mapToLong(Long::longValue).sum());
    }

    private static Map<String, Duration> used(List<RunningPart> parts) {
        var used = new LinkedHashMap<String, Duration>();
        parts.forEach(part -> used.put(
                part.name(), ProcessHandle.of(part.pid()).map(Consumption::cpu).orElse(Duration.ZERO)));
        used.put("client", ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
        return used;
    }
}
