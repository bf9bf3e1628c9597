package io.showreel.local.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of whoever started us. On a real one a progress line is redrawn in place; elsewhere, as in a log, each
 * change worth saying is a line of its own.
 */
public final class Terminal {

    private static final String START_OF_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean redraws;
    private String live = "";

    public Terminal(PrintStream out, boolean redraws) {
        this.out = out;
        this.redraws = redraws;
    }

    public static Terminal ofThisProcess() {
        var console = System.console();
        return new Terminal(System.out, console != null && console.isTerminal());
    }

    boolean redraws() {
        return redraws;
    }

    /** Prints lines above the progress line, if there is one. */
    public synchronized void say(String format, @Nullable Object... arguments) {
        var text = arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments);
        out.println(live.isEmpty() ? text : START_OF_LINE + text);
        if (!live.isEmpty()) {
            out.print(live);
        }
        out.flush();
    }

    synchronized void redraw(String line) {
        live = line;
        out.print(START_OF_LINE + line);
        out.flush();
    }

    synchronized void keep(String line) {
        live = "";
        out.println(START_OF_LINE + line);
        out.flush();
    }

    /** As in "12.3 s". */
    public static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
