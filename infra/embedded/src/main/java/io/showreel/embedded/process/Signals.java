package io.showreel.embedded.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Sends a named signal, which {@link ProcessHandle} can't. */
final class Signals {

    private Signals() {}

    /** A process that is gone already is none of our worries. */
    static void send(String signal, long pid) {
        try {
            // The shell's own kill: a bare system has no /bin/kill.
            new ProcessBuilder("sh", "-c", "kill -\"$1\" \"$2\"", "sh", signal, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
