package io.showreel.messaging.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseLostException;
import io.showreel.messaging.LeasedWork;
import io.showreel.messaging.TestService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class LeasedWorkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static TestService service;
    private static LeasedWork work;

    private final String queue = TestService.newName("queue");

    @BeforeAll
    static void start() {
        service = TestService.on(TestService.newDatabase()).start();
        work = service.get(LeasedWork.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void due_work_is_leased_once() {
        schedule("a", past());
        schedule("b", past());
        schedule("later", Instant.now().plus(LONG));

        var first = owner("one", LONG).claim(1);
        var second = owner("two", LONG).claim(10);

        assertThat(first).containsExactly(new LeaseTable.Claimed("a", 1, 1));
        assertThat(second).containsExactly(new LeaseTable.Claimed("b", 1, 1));
        assertThat(owner("three", LONG).claim(10)).isEmpty();
        assertThat(owner("three", LONG).untilNext())
                .hasValueSatisfying(next -> assertThat(next).isBetween(LONG.minusSeconds(30), LONG));
    }

    @Test
    void a_queue_without_rows_has_no_next_one() {
        assertThat(owner("one", LONG).untilNext()).isEmpty();
    }

    @Test
    void scheduling_again_only_ever_pulls_it_earlier() {
        schedule("a", Instant.now().plus(LONG));
        schedule("a", Instant.now().plus(LONG).plus(LONG));
        assertThat(owner("one", LONG).claim(1)).isEmpty();

        schedule("a", past());
        schedule("a", Instant.now().plus(LONG));

        assertThat(owner("one", LONG).claim(1)).hasSize(1);
    }

    @Test
    void silent_owners_lose_their_lease_and_what_they_bring_is_refused() {
        schedule("a", past());
        var stale = claim("one", SHORT);

        var current = await().atMost(PATIENCE)
                .until(() -> owner("two", LONG).claim(1), claimed -> !claimed.isEmpty())
                .getFirst();
        assertThat(current).isEqualTo(new LeaseTable.Claimed("a", 2, 2));

        assertThat(owner("one", SHORT).heartbeat(List.of(stale))).isEmpty();
        assertThat(owner("one", SHORT).giveUp(stale, past())).isFalse();
        assertThatThrownBy(() -> service.inTransaction(work.confirm(stale))).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> service.inTransaction(work.complete(stale))).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> service.inTransaction(work.postpone(stale, past())))
                .isInstanceOf(LeaseLostException.class);

        var lease = new Lease(queue, "a", "two", current.epoch(), current.attempts());
        service.inTransaction(work.confirm(lease));
        service.inTransaction(work.complete(lease));
        assertThat(rows()).isZero();
    }

    @Test
    void an_earlier_lease_of_the_same_owner_is_refused_too() {
        schedule("a", past());
        var earlier = claim("one", LONG);
        service.inTransaction(work.postpone(earlier, past()));
        var current = claim("one", LONG);

        assertThat(current.epoch()).isEqualTo(2);
        assertThatThrownBy(() -> service.inTransaction(work.complete(earlier))).isInstanceOf(LeaseLostException.class);
        assertThat(rows()).isOne();
    }

    @Test
    void heartbeats_keep_a_lease_beyond_its_time() {
        schedule("a", past());
        var lease = claim("one", SHORT);

        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            assertThat(owner("one", SHORT).heartbeat(List.of(lease))).containsExactly(new LeaseTable.Held("a", 1));
            assertThat(owner("two", SHORT).claim(1)).isEmpty();
            return service.count("leased_work where queue = '%s' and heartbeat_at > created_at + interval '1 second'"
                            .formatted(queue))
                    == 1;
        });
    }

    @Test
    void a_confirmed_lease_cannot_be_taken_before_the_transaction_ends() {
        schedule("a", past());
        var lease = claim("one", SHORT);
        await().atMost(PATIENCE)
                .until(() -> service.count("leased_work where queue = '%s' and due_at < now()".formatted(queue)) == 1);

        service.inTransaction(work.confirm(lease)
                .then(Mono.fromCallable(() -> owner("two", SHORT).claim(1))
                        .subscribeOn(Schedulers.boundedElastic())
                        .doOnNext(claimed -> assertThat(claimed).isEmpty()))
                .then(work.complete(lease)));

        assertThat(rows()).isZero();
    }

    @Test
    void work_that_is_scheduled_again_while_it_is_done_is_done_once_more() {
        schedule("a", past());
        var lease = claim("one", LONG);
        schedule("a", past());
        assertThat(owner("two", LONG).claim(1)).isEmpty();

        service.inTransaction(work.complete(lease));

        var again = claim("two", LONG);
        assertThat(again.attempts()).isEqualTo(1);
        service.inTransaction(work.complete(again));
        assertThat(rows()).isZero();
    }

    @Test
    void postponing_does_not_outlast_what_was_scheduled_meanwhile() {
        schedule("a", past());
        var lease = claim("one", LONG);
        schedule("a", past());

        service.inTransaction(work.postpone(lease, Instant.now().plus(LONG)));

        assertThat(owner("two", LONG).claim(1)).hasSize(1);
    }

    @Test
    void postponed_work_waits_and_counts_its_attempts_from_zero() {
        schedule("a", past());
        service.inTransaction(work.postpone(claim("one", LONG), Instant.now().plus(LONG)));
        assertThat(owner("one", LONG).claim(1)).isEmpty();

        schedule("a", past());
        assertThat(claim("one", LONG).attempts()).isEqualTo(1);
    }

    @Test
    void a_failed_attempt_counts_and_one_that_is_handed_over_does_not() {
        schedule("a", past());
        owner("one", LONG).giveUp(claim("one", LONG), past());
        var second = claim("one", LONG);
        assertThat(second.attempts()).isEqualTo(2);

        owner("one", LONG).handOver(second);

        assertThat(claim("two", LONG).attempts()).isEqualTo(2);
    }

    @Test
    void what_is_rolled_back_was_never_scheduled() {
        assertThatThrownBy(() -> service.inTransaction(
                        work.schedule(queue, "a", past()).then(Mono.error(new IllegalStateException("no")))))
                .hasMessage("no");

        assertThat(rows()).isZero();
    }

    private void schedule(String key, Instant due) {
        service.inTransaction(work.schedule(queue, key, due));
    }

    private Lease claim(String owner, Duration lease) {
        var claimed = owner(owner, lease).claim(1).getFirst();
        return new Lease(queue, claimed.key(), owner, claimed.epoch(), claimed.attempts());
    }

    private LeaseTable owner(String owner, Duration lease) {
        return new LeaseTable(service.database(), queue, owner, lease, TIMEOUT);
    }

    private long rows() {
        return service.count("leased_work where queue = '%s'".formatted(queue));
    }

    private static Instant past() {
        return Instant.now().minusSeconds(60);
    }
}
