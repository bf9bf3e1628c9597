package io.showreel.render.retire;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.job.JobEvent;
import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseWorker;
import io.showreel.messaging.LeasedWork;
import io.showreel.objects.ObjectStore;
import io.showreel.objects.StoredObject;
import io.showreel.render.RenderDatabase;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Which files go when the gateway gives up takes; on a real database. */
class RetireTakesTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final String FILE = "s3://showreel/takes/abc.mp4";

    private final List<String> scheduled = new ArrayList<>();
    private final List<String> postponed = new ArrayList<>();
    private final List<URI> deleted = new ArrayList<>();
    private DatabaseClient database;
    private TransactionalOperator transaction;
    private RetireTakes retire;

    @BeforeEach
    void start() {
        var connections = RenderDatabase.connections();
        database = DatabaseClient.create(connections);
        transaction = TransactionalOperator.create(new R2dbcTransactionManager(connections));
        retire = new RetireTakes(new RetiredTakes(database), new Work(), new Store(), Clock.systemUTC());
    }

    @Test
    void a_file_goes_with_the_take_that_nobody_returns_to_and_the_ledger_keeps_its_row() throws Exception {
        take(ONE, 7, "rendered", FILE);
        hear(new JobEvent.MediaRetired(7, UUID.randomUUID(), UUID.randomUUID(), List.of(1), List.of(ONE)));

        work();

        assertThat(deleted).containsExactly(URI.create(FILE));
        assertThat(database.sql("select count(*) from take")
                        .map(row -> row.get(0, Long.class))
                        .one()
                        .block(SOON))
                .isEqualTo(1);
    }

    @Test
    void a_file_that_another_take_has_too_goes_with_the_last_of_them() throws Exception {
        take(ONE, 7, "rendered", FILE);
        take(OTHER, 8, "rendered", FILE);
        hear(new JobEvent.JobDeleted(7, UUID.randomUUID(), UUID.randomUUID()));
        work();
        assertThat(deleted).isEmpty();

        hear(new JobEvent.JobDeleted(8, UUID.randomUUID(), UUID.randomUUID()));
        work();

        assertThat(deleted).containsExactly(URI.create(FILE));
    }

    @Test
    void nothing_goes_while_somebody_may_be_finding_the_same_file() throws Exception {
        take(ONE, 7, "rendered", FILE);
        take(OTHER, 8, "fetching", null);
        hear(new JobEvent.JobDeleted(7, UUID.randomUUID(), UUID.randomUUID()));

        work();

        assertThat(deleted).isEmpty();
        assertThat(postponed).containsExactly(ONE.toString());
    }

    private void hear(JobEvent event) {
        retire.record(event).as(transaction::transactional).block(SOON);
    }

    private void work() throws Exception {
        LeaseWorker worker = retire.retireWorker(transaction);
        for (var key : List.copyOf(scheduled)) {
            worker.work().run(new Lease("retire", key, "test", 1, 1));
        }
        scheduled.clear();
    }

    private void take(UUID id, long job, String state, String object) {
        var insert = database.sql("""
                        insert into take (take_id, job_id, first_cut, account, input, state, object)
                        values (:id, :job, 1, 'default', '{}', :state, :object)
                        """).bind("id", id).bind("job", job).bind("state", state);
        (object == null ? insert.bindNull("object", String.class) : insert.bind("object", object))
                .then()
                .block(SOON);
    }

    private final class Work implements LeasedWork {
        @Override
        public Mono<Void> schedule(String queue, String key, Instant due) {
            return Mono.fromRunnable(() -> scheduled.add(key));
        }

        @Override
        public Mono<Void> confirm(Lease lease) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> complete(Lease lease) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> postpone(Lease lease, Instant due) {
            return Mono.fromRunnable(() -> postponed.add(lease.key()));
        }
    }

    private final class Store implements ObjectStore {
        @Override
        public void delete(URI object) {
            deleted.add(object);
        }

        @Override
        public URI keep(String prefix, Path file, String contentType) {
            throw new AssertionError();
        }

        @Override
        public StoredObject stat(URI object) {
            throw new AssertionError();
        }

        @Override
        public void fetch(URI object, Path into) {
            throw new AssertionError();
        }

        @Override
        public InputStream open(URI object, long offset, long length) {
            throw new AssertionError();
        }

        @Override
        public URI presign(URI object, Duration validity) {
            throw new AssertionError();
        }

        @Override
        public Stream<URI> list(String prefix) {
            throw new AssertionError();
        }
    }
}
