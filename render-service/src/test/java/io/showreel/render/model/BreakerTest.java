package io.showreel.render.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void it_opens_at_the_third_failure_in_a_row() {
        var twice = Breaker.CLOSED.failed(NOW).failed(NOW);
        assertThat(twice.isOpen(NOW)).isFalse();

        var open = twice.failed(NOW);
        assertThat(open.isOpen(NOW)).isTrue();
        assertThat(open.isTrying(NOW)).isFalse();
        assertThat(open.isOpen(NOW.plusSeconds(60))).isFalse();
        assertThat(open.isTrying(NOW.plusSeconds(60))).isTrue();
    }

    @Test
    void failures_of_what_ran_before_it_opened_do_not_prolong_it() {
        var open = Breaker.CLOSED.failed(NOW).failed(NOW).failed(NOW);
        assertThat(open.failed(NOW.plusSeconds(10)).openUntil()).isEqualTo(open.openUntil());
    }

    @Test
    void each_trial_that_fails_doubles_the_wait_up_to_eight_minutes() {
        var breaker = Breaker.CLOSED.failed(NOW).failed(NOW).failed(NOW);
        var now = NOW;
        for (var minutes : new int[] {1, 2, 4, 8, 8, 8}) {
            assertThat(breaker.openUntil()).isEqualTo(now.plus(Duration.ofMinutes(minutes)));
            now = now.plus(Duration.ofMinutes(minutes));
            assertThat(breaker.isTrying(now)).isTrue();
            breaker = breaker.failed(now);
        }
    }

    @Test
    void while_trying_one_prediction_is_enough() {
        var trying = Breaker.CLOSED.failed(NOW).failed(NOW).failed(NOW);
        var later = NOW.plusSeconds(60);
        assertThat(new ModelHealth.Ailing("m", trying, false).isShut(NOW)).isTrue();
        assertThat(new ModelHealth.Ailing("m", trying, false).isShut(later)).isFalse();
        assertThat(new ModelHealth.Ailing("m", trying, true).isShut(later)).isTrue();
        assertThat(new ModelHealth.Ailing("m", Breaker.CLOSED.failed(NOW), true).isShut(NOW))
                .isFalse();
    }
}
