package io.showreel.render.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpacingTest {

    private static final Duration PACE = Duration.ofMillis(600);

    private final Spacing spacing = new Spacing();

    @Test
    void calls_that_are_a_pace_apart_do_not_wait() {
        assertThat(waitAt(0)).isZero();
        assertThat(waitAt(600)).isZero();
        assertThat(waitAt(5000)).isZero();
    }

    @Test
    void a_call_that_was_held_up_pushes_the_next_ones() {
        waitAt(0);
        waitAt(900);

        assertThat(waitAt(1200)).isEqualTo(300);
        assertThat(waitAt(1800)).isEqualTo(300);
    }

    @Test
    void the_pace_that_counts_is_the_one_of_now() {
        waitAt(0);

        assertThat(spacing.next(at(700), PACE)).isZero();
        assertThat(spacing.next(at(1000), Duration.ofSeconds(10))).isEqualTo(Duration.ofMillis(9700));
    }

    private long waitAt(long millis) {
        return spacing.next(at(millis), PACE).toMillis();
    }

    private static long at(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
