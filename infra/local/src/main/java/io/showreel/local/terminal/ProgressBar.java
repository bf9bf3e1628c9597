package io.showreel.local.terminal;

import java.util.Locale;

/** One line that fills up, never backwards. Without a real terminal it speaks at every tenth, or when its words change. */
public final class ProgressBar {

    private static final int WIDTH = 28;

    private final Terminal terminal;
    private final String label;
    private int percent = -1;
    private int spoken = -1;
    private String words = "";
    private boolean ended;

    public ProgressBar(Terminal terminal, String label) {
        this.terminal = terminal;
        this.label = label;
    }

    /** Shows the progress, with a few words behind it. */
    public synchronized void show(int newPercent, String newWords) {
        var shown = Math.clamp(newPercent, Math.max(percent, 0), 100);
        if (ended || (shown == percent && newWords.equals(words))) {
            return;
        }
        var stageChanged = !stage(newWords).equals(stage(words));
        percent = shown;
        words = newWords;
        if (terminal.redraws()) {
            terminal.redraw(line());
        } else if (stageChanged || percent / 10 > spoken / 10 || spoken < 0) {
            spoken = percent;
            terminal.say("%s", line());
        }
    }

    /** The last word; the line stays. */
    public synchronized void end(String lastWords) {
        if (ended) {
            return;
        }
        ended = true;
        var repeated = lastWords.equals(words) && spoken == percent;
        words = lastWords;
        if (terminal.redraws()) {
            terminal.keep(line());
        } else if (!repeated) {
            terminal.say("%s", line());
        }
    }

    private String line() {
        var filled = WIDTH * Math.max(percent, 0) / 100;
        var bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
        return String.format(Locale.ROOT, "  %-9s [%s] %3d %%  %s", label, bar, Math.max(percent, 0), words);
    }

    /** The words up to the first comma: what follows are details that change too often for a log. */
    private static String stage(String words) {
        return words.split(",", 2)[0];
    }
}
