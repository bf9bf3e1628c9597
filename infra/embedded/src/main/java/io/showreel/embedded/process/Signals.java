package io.showreel.embedded.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** Sends a named signal, which {@link ProcessHandle} can't. */
final class Signals {

    private Signals() {}

    /** A process that is gone already is none of our worries. */
    static void send(String signal, long pid) {
        run(signal, Long.toString(pid));
    }

    /** Kills whoever is left of the process group that the process led. */
    static void killGroup(long leader) {
        run("KILL", "-" + leader);
    }

    private static void run(String signal, String target) {
        try {
            // The shell's own kill: a bare system has no /bin/kill.
            new ProcessBuilder("sh", "-c", "kill -s \"$1\" -- \"$2\"", "sh", signal, target)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException("This system has no shell", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
