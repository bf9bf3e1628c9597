package io.showreel.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void in_a_log_only_a_new_stage_or_another_tenth_is_a_line() {
        var bar = bar(false);

        bar.show(0, "waiting", "(0 of 4 clips)");
        bar.show(3, "waiting", "(1 of 4 clips)");
        bar.show(11, "waiting", "(1 of 4 clips)");
        bar.show(12, "stitching", "(4 of 4 clips)");
        bar.end(0, "done", "");

        assertThat(text().lines()).hasSize(4);
        assertThat(text())
                .contains(" 11 %  waiting", " 12 %  stitching", "done")
                .doesNotContain(" 3 %");
    }

    @Test
    void on_a_terminal_one_line_is_redrawn_and_the_last_one_stays() {
        var bar = bar(true);

        bar.show(10, "waiting", "");
        bar.show(20, "waiting", "");
        bar.end(0, "done", "");

        assertThat(text().lines()).hasSize(4);
        assertThat(text()).contains(" 10 %", " 20 %").endsWith("done\n");
    }

    @Test
    void a_bar_never_runs_backwards() {
        var bar = bar(false);

        bar.show(50, "rendering", "");
        bar.show(40, "stitching", "");

        assertThat(text()).doesNotContain(" 40 %");
    }

    @Test
    void what_is_said_meanwhile_stands_above_the_bar() {
        var terminal = terminal(true);
        var bar = new ProgressBar(terminal, "job");

        bar.show(10, "waiting", "");
        terminal.say("kafka died");
        bar.end(0, "done", "");

        assertThat(text().indexOf("kafka died")).isLessThan(text().lastIndexOf(" 10 %"));
    }

    private ProgressBar bar(boolean redraws) {
        return new ProgressBar(terminal(redraws), "job");
    }

    private Terminal terminal(boolean redraws) {
        return new Terminal(new PrintStream(written, true, StandardCharsets.UTF_8), redraws);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
