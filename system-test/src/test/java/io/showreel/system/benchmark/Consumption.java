package io.showreel.system.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What a process and everything it started have used, as the kernel tells it (proc(5)). What is over counts as nothing. */
final class Consumption {

    private static final int CLOCK_TICKS_A_SECOND = 100;

    private Consumption() {}

    /** User and system time, that of children which have ended included. */
    static Duration cpu(ProcessHandle process) {
        long ticks = family(process)
                .mapToLong(member -> lines(member, "stat").stream()
                        .mapToLong(Consumption::ticks)
                        .sum())
                .sum();
        return Duration.ofMillis(ticks * 1000 / CLOCK_TICKS_A_SECOND);
    }

    /** In MB; what several processes share counts in parts. */
    static long memory(ProcessHandle process) {
        return family(process)
                        .mapToLong(member -> figure(member, "smaps_rollup", "Pss:"))
                        .sum()
                / 1024;
    }

    /** In MB: the most that the process itself ever held, without its children. */
    static long peak(ProcessHandle process) {
        return figure(process, "status", "VmHWM:") / 1024;
    }

    private static Stream<ProcessHandle> family(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    private static long ticks(String stat) {
        var afterTheName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Stream.of(11, 12, 13, 14)
                .mapToLong(field -> Long.parseLong(afterTheName[field]))
                .sum();
    }

    private static long figure(ProcessHandle process, String file, String name) {
        return lines(process, file).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static List<String> lines(ProcessHandle process, String file) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (IOException over) {
            return List.of();
        }
    }
}
