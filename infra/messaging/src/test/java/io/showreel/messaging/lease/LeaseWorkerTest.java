package io.showreel.messaging.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.showreel.embedded.PostgresServer;
import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseWorker;
import io.showreel.messaging.LeasedWork;
import io.showreel.messaging.TestService;
import io.showreel.messaging.Unpooled;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class LeaseWorkerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final PostgresServer.Database database = TestService.newDatabase();
    private final AtomicReference<TestService> service = new AtomicReference<>();

    private TestService serviceWith(int concurrency, LeaseWorker.Work work) {
        return serviceWith(new LeaseWorker("queue", concurrency, LEASE, work));
    }

    private TestService serviceWith(LeaseWorker worker) {
        return TestService.on(database)
                .with("showreel.messaging.lease.first-retry", "50ms")
                .with("showreel.messaging.lease.grace", "200ms")
                .working(worker)
                .start();
    }

    private TestService start(int concurrency, LeaseWorker.Work work) {
        return start(new LeaseWorker("queue", concurrency, LEASE, work));
    }

    private TestService start(LeaseWorker worker) {
        service.set(serviceWith(worker));
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
    void work_of_a_process_that_is_gone_is_done_at_once_and_nobody_else_s() {
        var done = new CopyOnWriteArrayList<String>();
        var worker = new LeaseWorker("queue", 2, LEASE, lease -> {
                    done.add(lease.key() + " " + lease.epoch());
                    complete(lease);
                })
                .endingWithItsOwner();
        try (var running = start(worker);
                var living = new Living(running, 7)) {
            leased(running, "queue", "of-the-living", "process#7");
            leased(running, "queue", "of-a-version-before", "process");
            leased(running, "elsewhere", "of-the-dead", "process#8");
            leased(running, "queue", "of-the-dead", "process#8");

            await().atMost(PATIENCE).until(() -> !done.isEmpty());
            assertThat(done).containsExactly("of-the-dead 2");
            assertThat(running.count("leased_work where owner like 'process%' and due_at > now()"))
                    .isEqualTo(3);

            living.die();
            await().atMost(PATIENCE).until(() -> done.size() == 2);
            assertThat(done).contains("of-the-living 2");
        }
    }

    @Test
    void a_process_whose_presence_was_cut_off_shows_itself_again_and_keeps_what_it_leases() {
        var gate = new CountDownLatch(1);
        var epochs = new CopyOnWriteArrayList<Long>();
        LeaseWorker.Work work = lease -> {
            epochs.add(lease.epoch());
            gate.await();
            complete(lease);
        };
        try (var running = start(new LeaseWorker("queue", 1, HOUR, work).endingWithItsOwner())) {
            await().atMost(PATIENCE).until(() -> presences(running) == 1);
            running.execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'presence'"
                    + " and datname = current_database()");
            await().atMost(PATIENCE).until(() -> presences(running) == 1);
            schedule(running, "a");
            await().atMost(PATIENCE).until(() -> epochs.size() == 1);
            leased(running, "queue", "of-the-dead", "process#8");
            try (var rival = serviceWith(new LeaseWorker("queue", 1, HOUR, work).endingWithItsOwner())) {
                await().atMost(PATIENCE).until(() -> epochs.size() == 2);
                assertThat(rival.count("leased_work where key = 'a' and epoch = 1"))
                        .isOne();
            } finally {
                gate.countDown();
            }
        }
    }

    /** A process, as far as the database can see. */
    private record Living(TestService service, Connection connection) implements AutoCloseable {

        Living(TestService service, int number) {
            this(service, connect(service));
            Flux.from(connection
                            .createStatement("select pg_advisory_lock(1818583411, " + number + ")")
                            .execute())
                    .concatMap(Result::getRowsUpdated)
                    .then()
                    .block(PATIENCE);
        }

        private static Connection connect(TestService service) {
            return Mono.from(Unpooled.of(service.get(ConnectionFactory.class)).create())
                    .cast(Connection.class)
                    .block(PATIENCE);
        }

        void die() {
            Mono.from(connection.close()).block(PATIENCE);
        }

        @Override
        public void close() {
            die();
        }
    }

    private static long presences(TestService service) {
        return service.count("pg_locks join pg_database on oid = database where datname = current_database()"
                + " and locktype = 'advisory' and objsubid = 2 and granted");
    }

    /** For an hour, as by another process. */
    private static void leased(TestService service, String queue, String key, String owner) {
        service.execute("""
                insert into leased_work (queue, key, due_at, owner, epoch, attempts)
                values ('%s', '%s', now() + interval '1 hour', '%s', 1, 1)
                """.formatted(queue, key, owner));
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
