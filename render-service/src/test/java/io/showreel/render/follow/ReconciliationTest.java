package io.showreel.render.follow;

import static io.showreel.render.follow.Reconciliation.Verdict.ABSENT;
import static io.showreel.render.follow.Reconciliation.Verdict.BEYOND_PROOF;
import static io.showreel.render.follow.Reconciliation.Verdict.SEARCH_AGAIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReconciliationTest {

    private static final Instant BEGUN = Instant.parse("2026-11-22T12:00:00Z");

    private final Reconciliation reconciliation = new Reconciliation(3, Duration.ofMinutes(2), Duration.ofMinutes(50));

    @Test
    void three_misses_prove_absence_once_nothing_can_be_under_way() {
        assertThat(reconciliation.judge(2, BEGUN, BEGUN.plusSeconds(130))).isEqualTo(SEARCH_AGAIN);
        assertThat(reconciliation.judge(3, BEGUN, BEGUN.plusSeconds(119))).isEqualTo(SEARCH_AGAIN);
        assertThat(reconciliation.judge(3, BEGUN, BEGUN.plusSeconds(130))).isEqualTo(ABSENT);
        assertThat(reconciliation.judge(3, BEGUN, BEGUN.plusSeconds(3000))).isEqualTo(ABSENT);
    }

    @Test
    void a_list_that_can_not_be_read_ends_the_search_too_when_it_would_prove_nothing_any_more() {
        assertThat(reconciliation.isBeyondProof(BEGUN, BEGUN.plusSeconds(3000))).isFalse();
        assertThat(reconciliation.isBeyondProof(BEGUN, BEGUN.plusSeconds(3001))).isTrue();
    }

    @Test
    void a_clock_that_is_minutes_ahead_hides_no_prediction() {
        var madeByTheProvidersClock = BEGUN.minus(Duration.ofMinutes(10));
        assertThat(reconciliation.earliest(BEGUN)).isBefore(madeByTheProvidersClock);
    }

    @Test
    void later_no_number_of_misses_proves_anything() {
        assertThat(reconciliation.judge(1, BEGUN, BEGUN.plusSeconds(3001))).isEqualTo(BEYOND_PROOF);
        assertThat(reconciliation.judge(9, BEGUN, BEGUN.plusSeconds(3001))).isEqualTo(BEYOND_PROOF);
    }
}
