package io.showreel.gateway.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.gateway.job.Lives;
import io.showreel.gateway.job.StageTimes;
import io.showreel.gateway.job.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static final Instant CHANGED = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant SOON = CHANGED.plusSeconds(60);
    private static final Instant LATER = CHANGED.plusSeconds(90);
    /** Of the ten seconds of the film. */
    private static final StageTimes TIMES =
            StageTimes.USUAL.withFetching(Duration.ofSeconds(5)).withCuttingPerSecond(Duration.ofSeconds(2));

    @Test
    void a_film_is_expected_when_its_last_take_is_fetched_and_cut_and_later_when_it_is_cut() {
        var expected = Lives.ofExpectations(SOON, LATER).stream()
                .map(state -> Forecast.completion(state, CHANGED, TIMES))
                .toList();

        assertThat(expected)
                .containsExactly(
                        Optional.empty(), // not born
                        Optional.empty(), // scenes are chosen
                        Optional.empty(), // a person is asked
                        Optional.empty(), // approved, but nothing is expected yet
                        Optional.of(SOON.plusSeconds(25)),
                        Optional.of(LATER.plusSeconds(25)),
                        Optional.of(SOON.plusSeconds(25)), // the later one came early
                        Optional.of(CHANGED.plusSeconds(20)), // all are there
                        Optional.of(CHANGED.plusSeconds(20)),
                        Optional.of(CHANGED.plusSeconds(10))); // half is cut
    }

    @Test
    void while_nothing_is_submitted_for_the_account_nobody_knows_when_a_film_is_ready() {
        var waiting = Lives.ofAHold(SOON, LATER).stream().skip(5).toList();

        assertThat(waiting.stream().map(state -> Forecast.completion(state, CHANGED, TIMES)))
                .containsExactly(
                        Optional.of(LATER.plusSeconds(25)), Optional.empty(), Optional.of(LATER.plusSeconds(25)));
        assertThat(waiting.stream().map(state -> Standing.of(state).queuePosition()))
                .containsExactly(41, 40, 40);
    }

    @Test
    void no_film_is_expected_of_a_job_that_is_being_canceled_or_has_ended() {
        assertThat(Lives.ofACancel()).allSatisfy(state -> assertThat(Forecast.completion(state, CHANGED, TIMES))
                .isEmpty());
        assertThat(Forecast.completion(Lives.ofAFilm().getLast(), CHANGED, TIMES))
                .isEmpty();
    }

    @Test
    void what_took_longer_than_usual_is_expected_to_do_so_again() {
        var clock = new Hand();
        var forecasts = new Forecasts(clock);
        var film = Lives.ofAFilm();
        for (int job = 1; job <= 100; job++) {
            for (int n = 1; n < film.size(); n++) {
                clock.now = clock.now.plusSeconds(16);
                forecasts.observe(job, film.get(n - 1), film.get(n));
            }
        }

        // Three steps after the cutting began there was a film of ten seconds.
        assertThat(forecasts.times().cuttingPerSecond()).isCloseTo(Duration.ofMillis(4_800), Duration.ofMillis(10));
        // One step each, but two from the beginning of the first take's work to its end.
        assertThat(forecasts.times().choosing()).isCloseTo(Duration.ofSeconds(16), Duration.ofMillis(10));
        assertThat(forecasts.times().starting()).isCloseTo(Duration.ofSeconds(32), Duration.ofMillis(10));
        assertThat(forecasts.times().rendering()).isCloseTo(Duration.ofSeconds(32), Duration.ofMillis(10));
        assertThat(forecasts.times().fetching()).isEqualTo(StageTimes.USUAL.fetching());
    }

    private static final class Hand extends Clock {

        private Instant now = CHANGED;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
