package io.showreel.messaging.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.embedded.PostgresServer;
import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseWorker;
import io.showreel.messaging.LeasedWork;
import io.showreel.messaging.TestService;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LeaseWorkerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofSeconds(1);

    private final PostgresServer.Database database = TestService.newDatabase();
    private final AtomicReference<TestService> service = new AtomicReference<>();

    private TestService serviceWith(int concurrency, LeaseWorker.Work work) {
        return TestService.on(database)
                .with("showreel.messaging.lease.first-retry", "50ms")
                .with("showreel.messaging.lease.grace", "200ms")
                .working(new LeaseWorker("queue", concurrency, LEASE, work))
                .start();
    }

    private TestService start(int concurrency, LeaseWorker.Work work) {
        service.set(serviceWith(concurrency, work));
        return service.get();
    }

    private void complete(Lease lease) {
        service.get().inTransaction(service.get().get(LeasedWork.class).complete(lease));
    }

    private static void schedule(TestService service, String... keys) {
        for (var key : keys) {
            service.inTransaction(service.get(LeasedWork.class).schedule("queue", key, Instant.now()));
        }
    }

    @Test
    void scheduled_work_is_done() {
        var done = new CopyOnWriteArrayList<String>();
        try (var running = start(2, lease -> {
            assertThat(lease.isFresh()).isTrue();
            done.add(lease.key());
            complete(lease);
        })) {
            schedule(running, "a", "b", "c");

            await().atMost(PATIENCE).until(() -> running.count("leased_work") == 0);
            assertThat(done).containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    @Test
    void work_that_fails_is_tried_again() {
        var attempts = new CopyOnWriteArrayList<Integer>();
        try (var running = start(1, lease -> {
            attempts.add(lease.attempts());
            if (attempts.size() < 3) {
                throw new IllegalStateException("not yet");
            }
            complete(lease);
        })) {
            schedule(running, "a");

            await().atMost(PATIENCE).until(() -> running.count("leased_work") == 0);
            assertThat(attempts).containsExactly(1, 2, 3);
        }
    }

    @Test
    void work_that_forgets_to_end_is_tried_again() {
        var runs = new AtomicInteger();
        try (var running = start(1, lease -> {
            if (runs.incrementAndGet() == 2) {
                complete(lease);
            }
        })) {
            schedule(running, "a");

            await().atMost(PATIENCE).until(() -> running.count("leased_work") == 0);
            assertThat(runs).hasValue(2);
        }
    }

    @Test
    void no_more_is_leased_than_may_be_worked_on_at_once() {
        var gate = new CountDownLatch(1);
        var begun = new CopyOnWriteArrayList<String>();
        try (var running = start(2, lease -> {
            begun.add(lease.key());
            gate.await();
            complete(lease);
        })) {
            schedule(running, "a", "b", "c", "d", "e");

            await().atMost(PATIENCE).until(() -> begun.size() == 2);
            assertThat(running.count("leased_work where owner is not null")).isEqualTo(2);
            gate.countDown();
            await().atMost(PATIENCE).until(() -> running.count("leased_work") == 0);
            assertThat(begun).hasSize(5);
        }
    }

    @Test
    void work_longer_than_its_lease_stays_with_its_worker() {
        var epochs = new CopyOnWriteArrayList<Long>();
        var gate = new CountDownLatch(1);
        LeaseWorker.Work work = lease -> {
            epochs.add(lease.epoch());
            gate.await();
            assertThat(lease.isFresh()).isTrue();
            complete(lease);
        };
        try (var running = start(1, work);
                var rival = serviceWith(1, work)) {
            schedule(running, "a");

            await().atMost(PATIENCE)
                    .until(() ->
                            running.count("leased_work where heartbeat_at > created_at + interval '2.5 seconds'") == 1);
            gate.countDown();
            await().atMost(PATIENCE).until(() -> rival.count("leased_work") == 0);
            assertThat(epochs).containsExactly(1L);
        }
    }

    @Test
    void work_of_a_dead_worker_is_done_by_another() {
        var done = new CopyOnWriteArrayList<Lease>();
        try (var running = start(1, lease -> {
            done.add(lease);
            complete(lease);
        })) {
            // As an instance leaves it that was killed: leased, and nobody to send heartbeats.
            running.execute("""
                    insert into leased_work (queue, key, due_at, owner, epoch, attempts)
                    values ('queue', 'a', now() + interval '300 milliseconds', 'dead', 1, 1)
                    """);

            await().atMost(PATIENCE).until(() -> running.count("leased_work") == 0);
            assertThat(done).singleElement().satisfies(lease -> {
                assertThat(lease.epoch()).isEqualTo(2);
                assertThat(lease.attempts()).isEqualTo(2);
            });
        }
    }

    @Test
    void a_stopping_service_hands_its_work_over() {
        var taken = new CopyOnWriteArrayList<Lease>();
        var begun = new CountDownLatch(1);
        var leaving = serviceWith(1, lease -> {
            begun.countDown();
            new CountDownLatch(1).await();
        });
        schedule(leaving, "a");
        await().atMost(PATIENCE).until(() -> begun.getCount() == 0);
        leaving.close();

        try (var staying = start(1, lease -> {
            taken.add(lease);
            complete(lease);
        })) {
            await().atMost(PATIENCE).until(() -> staying.count("leased_work") == 0);
            assertThat(taken).singleElement().satisfies(lease -> {
                assertThat(lease.epoch()).isEqualTo(2);
                assertThat(lease.attempts()).isEqualTo(1);
            });
        }
    }

    @Test
    void a_failing_database_does_not_end_the_worker() {
        try (var running = start(1, this::complete)) {
            running.execute("alter table leased_work rename to mislaid");
            running.execute("insert into mislaid (queue, key, due_at) values ('queue', 'a', now())");
            running.execute("alter table mislaid rename to leased_work");

            await().atMost(PATIENCE).until(() -> running.count("leased_work") == 0);
        }
    }
}
