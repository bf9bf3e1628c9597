package io.showreel.local;

import io.showreel.local.supervision.Supervisor.RunningPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How much memory processes hold, pages that several share counted once. */
final class Residence {

    private static final String PROPORTIONAL_SET_SIZE = "Pss:";

    private Residence() {}

    /** Of the parts, of what they started, and of ourselves. */
    static long megabytes(List<RunningPart> running) {
        var children = running.stream()
                .flatMap(part -> ProcessHandle.of(part.pid()).stream())
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()));
        return Stream.concat(children, Stream.of(ProcessHandle.current()))
                        .mapToLong(process -> kilobytes(process.pid()))
                        .sum()
                / 1024;
    }

    private static long kilobytes(long pid) {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith(PROPORTIONAL_SET_SIZE))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }
}
