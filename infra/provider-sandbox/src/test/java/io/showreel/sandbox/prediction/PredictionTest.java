package io.showreel.sandbox.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.sandbox.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionTest {
    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    private static final Prediction STARTING = Prediction.of(new Fact.Created(
            "p",
            NOON,
            "a",
            "m/n",
            "hidden",
            Json.object().put("prompt", "p"),
            "sha",
            null,
            null,
            null,
            BigDecimal.TEN,
            null));

    private static final Fact STARTED = new Fact.Started("p", NOON);
    private static final List<Fact> ENDS = List.of(
            new Fact.Succeeded("p", NOON, "/out.mp4"),
            new Fact.Failed("p", NOON, "Prediction interrupted; please retry (code: PA)"),
            new Fact.CancelRequested("p", NOON),
            new Fact.DeadlineReached("p", NOON));

    @Test
    void the_first_end_wins_whatever_comes_later() {
        for (var first : ENDS) {
            var ended = after(STARTED, first);
            for (var late : facts()) {
                assertThat(Prediction.evolve(ended, late).status()).isEqualTo(ended.status());
                assertThat(Prediction.evolve(ended, late).charge()).isEqualTo(ended.charge());
            }
        }
    }

    @Test
    void a_fact_that_comes_again_changes_nothing() {
        for (var fact : facts()) {
            var once = after(STARTED, fact);
            assertThat(Prediction.evolve(once, fact)).isSameAs(once);
        }
    }

    @Test
    void nothing_succeeds_before_it_started() {
        assertThat(after(ENDS.getFirst())).isSameAs(STARTING);
    }

    @Test
    void a_deadline_aborts_before_the_start_and_cancels_after_it() {
        var deadline = new Fact.DeadlineReached("p", NOON);

        assertThat(after(deadline).status()).isEqualTo(Status.ABORTED);
        assertThat(after(deadline).isCharged()).isFalse();
        assertThat(after(STARTED, deadline).status()).isEqualTo(Status.CANCELED);
        assertThat(after(STARTED, deadline).charge()).isEqualByComparingTo("10");
    }

    @Test
    void only_what_succeeded_or_ran_until_it_was_canceled_is_charged() {
        assertThat(ENDS).extracting(end -> after(STARTED, end).isCharged()).containsExactly(true, false, true, true);
        assertThat(ENDS.subList(1, 4)).extracting(end -> after(end).isCharged()).containsOnly(false);
    }

    @Test
    void the_code_of_an_error_is_read_from_its_text() {
        assertThat(after(ENDS.get(1)).errorCode()).isEqualTo("PA");
        assertThat(after(new Fact.Failed("p", NOON, "flagged as sensitive. (E005) (uIJ6)"))
                        .errorCode())
                .isEqualTo("E005");
        assertThat(after(new Fact.Failed("p", NOON, "ValueError")).errorCode()).isNull();
    }

    @Test
    void removing_the_data_of_an_end_keeps_what_was_charged() {
        var removed = after(STARTED, ENDS.getFirst(), new Fact.DataRemoved("p", NOON));

        assertThat(removed.output()).isNull();
        assertThat(removed.created().input().isEmpty()).isTrue();
        assertThat(removed.isCharged()).isTrue();
        assertThat(after(STARTED, new Fact.DataRemoved("p", NOON)).dataRemoved())
                .isFalse();
    }

    private static List<Fact> facts() {
        List<Fact> all = new ArrayList<>(ENDS);
        all.add(STARTED);
        all.add(new Fact.EndTold("p", NOON));
        all.add(new Fact.DataRemoved("p", NOON));
        return all;
    }

    private static Prediction after(Fact... facts) {
        var state = STARTING;
        for (var fact : facts) {
            state = Prediction.evolve(state, fact);
        }
        return state;
    }
}
