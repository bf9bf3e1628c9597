package io.showreel.local.terminal;

import java.util.Locale;

/** One line that fills up, never backwards. Without a real terminal it speaks at every tenth and at each new stage. */
public final class ProgressBar {

    private static final int WIDTH = 28;

    private final Terminal terminal;
    private final String label;
    private int percent = -1;
    private int spoken = -1;
    private String stage = "";
    private String details = "";
    private boolean ended;

    public ProgressBar(Terminal terminal, String label) {
        this.terminal = terminal;
        this.label = label;
    }

    /** Shows the progress and, behind it, the stage and its details. */
    public synchronized void show(int newPercent, String newStage, String newDetails) {
        var shown = Math.clamp(newPercent, Math.max(percent, 0), 100);
        if (ended || (shown == percent && newStage.equals(stage) && newDetails.equals(details))) {
            return;
        }
        // Details change too often to be worth a line of a log.
        var worthALine = !newStage.equals(stage) || shown / 10 > spoken / 10 || spoken < 0;
        percent = shown;
        stage = newStage;
        details = newDetails;
        if (terminal.redraws()) {
            terminal.redraw(line());
        } else if (worthALine) {
            spoken = percent;
            terminal.say("%s", line());
        }
    }

    /** The last word; the line stays, as full as it is. */
    public synchronized void end(int lastPercent, String lastStage, String lastDetails) {
        if (ended) {
            return;
        }
        ended = true;
        percent = Math.clamp(lastPercent, Math.max(percent, 0), 100);
        stage = lastStage;
        details = lastDetails;
        if (terminal.redraws()) {
            terminal.keep(line());
        } else {
            terminal.say("%s", line());
        }
    }

    private String line() {
        var filled = WIDTH * Math.max(percent, 0) / 100;
        var bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
        return String.format(Locale.ROOT, "  %-8s [%s] %3d %%  %s %s", label, bar, Math.max(percent, 0), stage, details)
                .stripTrailing();
    }
}
