package io.showreel.embedded.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds and ends processes that an earlier run of ours left behind; it never touches anybody else's. */
public final class Leftovers {

    private static final Path PROC = Path.of("/proc");

    private Leftovers() {}

    /** The arguments with which a process was started; empty if there is no such process or it isn't ours to read. */
    public static List<String> commandLine(long pid) {
        try {
            var line = Files.readString(PROC.resolve(pid + "/cmdline"), StandardCharsets.ISO_8859_1);
            return line.isEmpty() ? List.of() : List.of(line.split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Ends all processes whose working directory is {@code directory}. */
    public static void endThoseIn(Path directory, Program.StopSignal signal, Duration patience) {
        end(pids().filter(pid -> worksIn(pid, directory)).toList(), signal, patience);
    }

    /** Ends the process if it is still there and its command line shows that it is ours; false if it was not. */
    public static boolean end(long pid, Predicate<List<String>> isOurs, Program.StopSignal signal, Duration patience) {
        if (!isOurs.test(commandLine(pid))) {
            return false;
        }
        end(List.of(pid), signal, patience);
        // What it started leads no life of its own either.
        Signals.killGroup(pid);
        return true;
    }

    private static void end(List<Long> pids, Program.StopSignal signal, Duration patience) {
        var processes =
                pids.stream().flatMap(pid -> ProcessHandle.of(pid).stream()).toList();
        processes.forEach(process -> Signals.send(signal.name(), process.pid()));
        if (!Waiting.until(patience, () -> processes.stream().noneMatch(ProcessHandle::isAlive))) {
            processes.forEach(process -> Signals.send("KILL", process.pid()));
            Waiting.until(Duration.ofSeconds(10), () -> processes.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    private static boolean worksIn(long pid, Path directory) {
        try {
            return Files.readSymbolicLink(PROC.resolve(pid + "/cwd")).equals(directory.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    private static Stream<Long> pids() {
        var own = ProcessHandle.current().pid();
        return ProcessHandle.allProcesses().map(ProcessHandle::pid).filter(pid -> pid != own);
    }
}
