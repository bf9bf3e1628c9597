package io.showreel.embedded.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A shell that waits at the other end of a pipe. When we die, by {@code kill -9} too, the kernel closes the pipe; then
 * it ends the process that it watches with all of its group, and removes the scratch folders.
 */
final class Watchdog {

    private static final String SCRIPT = """
            trap '' INT HUP TERM
            pid=$1; signal=$2; shift 2
            read -r goodbye && exit 0
            kill -s "$signal" "$pid"
            tries=0
            while kill -0 "$pid" && [ "$tries" -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
            kill -s KILL -- "-$pid"
            [ "$#" -eq 0 ] || rm -rf "$@" || { sleep 1; rm -rf "$@"; }
            """;

    private final OutputStream leash;

    private Watchdog(OutputStream leash) {
        this.leash = leash;
    }

    static Watchdog over(long pid, Program.StopSignal stop, List<Path> scratch) throws IOException {
        var command =
                new ArrayList<>(List.of("setsid", "sh", "-c", SCRIPT, "watchdog", Long.toString(pid), stop.name()));
        scratch.forEach(folder -> command.add(folder.toString()));
        var shell = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Watchdog(shell.getOutputStream());
    }

    /** The process has ended by our own hand: nothing is left to watch. */
    void dismiss() {
        try (leash) {
            leash.write("goodbye\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The shell is gone already.
        }
    }
}
