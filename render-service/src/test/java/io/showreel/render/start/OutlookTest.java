package io.showreel.render.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OutlookTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void each_begins_at_its_pace_while_there_are_slots_and_then_when_one_is_free() {
        var outlook = new Outlook(NOW, Duration.ofSeconds(1), 2, List.of());

        assertThat(seconds(outlook, 90, 90, 90, 90)).containsExactly(90L, 91L, 180L, 181L);
    }

    @Test
    void a_slow_model_takes_its_time_and_that_of_those_behind() {
        var outlook = new Outlook(NOW, Duration.ofSeconds(1), 1, List.of());

        assertThat(seconds(outlook, 240, 10, 90)).containsExactly(240L, 250L, 340L);
    }

    @Test
    void what_runs_is_waited_for() {
        var running = List.of(NOW.plusSeconds(30), NOW.plusSeconds(60));

        assertThat(seconds(new Outlook(NOW, Duration.ZERO, 2, running), 90, 90)).containsExactly(120L, 150L);
        assertThat(seconds(new Outlook(NOW, Duration.ZERO, 3, running), 90, 90)).containsExactly(90L, 120L);
        assertThat(seconds(new Outlook(NOW, Duration.ZERO, 1, running), 90))
                .as("more runs than may")
                .containsExactly(150L);
    }

    @Test
    void nothing_begins_before_a_pause_is_over() {
        var outlook = new Outlook(NOW.plusSeconds(10), Duration.ofSeconds(1), 2, List.of(NOW.plusSeconds(5)));

        assertThat(seconds(outlook, 90, 90)).containsExactly(100L, 101L);
    }

    @Test
    void a_long_queue_ends_when_its_last_does() {
        var outlook = new Outlook(NOW, Duration.ofSeconds(1), 4, List.of());

        var ends = outlook.ends(Collections.nCopies(100, Duration.ofSeconds(90)));

        assertThat(ends.getLast()).isEqualTo(NOW.plusSeconds(25 * 90 + 3));
    }

    private static List<Long> seconds(Outlook outlook, long... lengths) {
        return outlook.ends(LongStream.of(lengths).mapToObj(Duration::ofSeconds).toList()).stream()
                .map(end -> Duration.between(NOW, end).toSeconds())
                .toList();
    }
}
