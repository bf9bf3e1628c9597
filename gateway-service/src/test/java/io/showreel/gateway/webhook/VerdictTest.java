package io.showreel.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.gateway.webhook.Delivery.Status;
import io.showreel.messaging.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {

    private static final Instant ASKED = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant END = ASKED.plus(Duration.ofHours(2));
    private static final Backoff WAITS = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(20));

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void a_good_answer_ends_it(int status) {
        assertThat(of(0, answered(status, null), ASKED)).isEqualTo(new Verdict.Delivered());
        assertThat(of(9, answered(status, null), END.plusSeconds(1))).isEqualTo(new Verdict.Delivered());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 400, 401, 404, 409, 422, 429, 500, 502, 503})
    void a_bad_answer_is_asked_again_after_a_wait_that_doubles(int status) {
        assertThat(of(0, answered(status, null), ASKED)).isEqualTo(new Verdict.Again(ASKED.plusSeconds(5)));
        assertThat(of(3, answered(status, null), ASKED)).isEqualTo(new Verdict.Again(ASKED.plusSeconds(40)));
    }

    @Test
    void a_receiver_that_wants_nothing_more_is_left_alone() {
        assertThat(of(0, answered(410, null), ASKED)).isEqualTo(new Verdict.Gone());
    }

    @Test
    void a_forbidden_address_is_not_tried_again() {
        assertThat(of(0, new Reply.Forbidden("no"), ASKED)).isEqualTo(new Verdict.GivenUp());
    }

    @Test
    void who_asks_to_be_left_alone_is_but_not_for_ever() {
        assertThat(of(0, answered(503, Duration.ofSeconds(60)), ASKED))
                .isEqualTo(new Verdict.Again(ASKED.plusSeconds(60)));
        assertThat(of(0, answered(429, Duration.ofSeconds(1)), ASKED))
                .isEqualTo(new Verdict.Again(ASKED.plusSeconds(5)));
        assertThat(of(0, answered(503, Duration.ofDays(9)), ASKED))
                .isEqualTo(new Verdict.Again(ASKED.plus(WAITS.longest())));
    }

    @Test
    void a_receiver_that_never_answers_is_tried_for_two_hours_and_a_last_time_at_their_end() {
        var tries = new ArrayList<Instant>();
        var now = ASKED;
        Verdict verdict;
        do {
            tries.add(now);
            verdict = of(tries.size() - 1, new Reply.Unreached("no"), now);
            now = verdict instanceof Verdict.Again again ? again.due() : now;
        } while (verdict instanceof Verdict.Again);

        assertThat(verdict).isEqualTo(new Verdict.GivenUp());
        assertThat(tries).last().isEqualTo(END);
        assertThat(tries).hasSize(14).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void what_waited_through_an_outage_of_ours_is_still_tried_once() {
        assertThat(of(0, answered(200, null), END.plusSeconds(3600))).isEqualTo(new Verdict.Delivered());
        assertThat(of(0, answered(500, null), END.plusSeconds(3600))).isEqualTo(new Verdict.GivenUp());
    }

    private static Reply answered(int status, @Nullable Duration retryAfter) {
        return new Reply.Answered(status, retryAfter);
    }

    private static Verdict of(int tries, Reply reply, Instant now) {
        var delivery = new Delivery(
                UUID.randomUUID(),
                1,
                UUID.randomUUID(),
                "job.completed",
                "https://example.com",
                "{}",
                Status.PENDING,
                tries,
                List.of(),
                ASKED,
                END,
                ASKED,
                ASKED);
        return Verdict.of(delivery, reply, WAITS, now);
    }
}
