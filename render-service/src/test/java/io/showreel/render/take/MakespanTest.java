package io.showreel.render.take;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MakespanTest {

    private static final Duration PACE = Duration.ofSeconds(1);

    @ParameterizedTest
    @CsvSource({"1, 20", "4, 20", "10, 3", "100, 2"})
    void where_the_pace_binds_it_is_all_starts_and_one_length(int count, int seconds) {
        assertThat(Makespan.bound(alike(count, seconds), PACE, 10)).isEqualTo(Duration.ofSeconds(count - 1 + seconds));
    }

    @ParameterizedTest
    @CsvSource({"100, 20, 4", "5, 30, 2", "9, 90, 4", "8, 90, 4"})
    void where_the_cap_binds_it_is_its_rounds_and_the_starts_of_the_last(int count, int seconds, int cap) {
        var rounds = (count - 1) / cap * seconds + (count - 1) % cap + seconds;
        assertThat(Makespan.bound(alike(count, seconds), PACE, cap)).isEqualTo(Duration.ofSeconds(rounds));
    }

    @Test
    void with_unequal_lengths_each_slot_is_taken_as_it_gets_free() {
        var took = List.of(Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(5));
        assertThat(Makespan.bound(took, PACE, 2)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void nothing_takes_no_time() {
        assertThat(Makespan.bound(List.of(), PACE, 4)).isZero();
    }

    private static List<Duration> alike(int count, int seconds) {
        return Collections.nCopies(count, Duration.ofSeconds(seconds));
    }
}
