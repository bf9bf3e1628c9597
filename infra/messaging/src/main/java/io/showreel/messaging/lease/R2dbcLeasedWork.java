package io.showreel.messaging.lease;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.showreel.messaging.AfterCommit;
import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseLostException;
import io.showreel.messaging.LeasedWork;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;

/** What a service does with the rows of {@code leased_work}; each change of a leased row names its owner and epoch. */
final class R2dbcLeasedWork implements LeasedWork {

    private static final String HELD = " where queue = :queue and key = :key and owner = :owner and epoch = :epoch";

    private final DatabaseClient database;
    private final Wakeups wakeups;

    R2dbcLeasedWork(DatabaseClient database, Wakeups wakeups) {
        this.database = database;
        this.wakeups = wakeups;
    }

    @Override
    public Mono<Void> schedule(String queue, String key, Instant due) {
        return AfterCommit.run(() -> wakeups.wake(queue))
                .then(database.sql("""
                        insert into leased_work as work (queue, key, due_at) values (:queue, :key, :due)
                        on conflict (queue, key) do update set
                            due_at = case when work.owner is null then excluded.due_at else work.due_at end,
                            again_at = case when work.owner is null then null else excluded.due_at end
                        where (work.owner is null and excluded.due_at < work.due_at)
                           or (work.owner is not null and excluded.due_at < coalesce(work.again_at, 'infinity'))
                        """)
                        .bind("queue", queue)
                        .bind("key", key)
                        .bind("due", due.atOffset(ZoneOffset.UTC))
                        .then());
    }

    @Override
    public Mono<Void> confirm(Lease lease) {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .then(held("select true from leased_work" + HELD + " for update", lease)
                        .mapValue(Boolean.class)
                        .one())
                .switchIfEmpty(lost(lease))
                .then();
    }

    @Override
    public Mono<Void> complete(Lease lease) {
        return held("delete from leased_work" + HELD + " and again_at is null", lease)
                .fetch()
                .rowsUpdated()
                .filter(deleted -> deleted == 1)
                // Scheduled again, or lost; once set, again_at stays until the lease ends.
                .switchIfEmpty(Mono.defer(() -> release(lease, Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE))))
                .then();
    }

    @Override
    public Mono<Void> postpone(Lease lease, Instant due) {
        return release(lease, Parameters.in(due.atOffset(ZoneOffset.UTC))).then();
    }

    /** Until then, or until it was scheduled again for, if that is earlier. */
    private Mono<Long> release(Lease lease, Parameter due) {
        return held("""
                        update leased_work set owner = null, heartbeat_at = null, attempts = 0,
                            due_at = least(:due, again_at), again_at = null
                        """ + HELD, lease)
                .bind("due", due)
                .fetch()
                .rowsUpdated()
                .filter(updated -> updated == 1)
                .switchIfEmpty(lost(lease));
    }

    private DatabaseClient.GenericExecuteSpec held(String sql, Lease lease) {
        return database.sql(sql)
                .bind("queue", lease.queue())
                .bind("key", lease.key())
                .bind("owner", lease.owner())
                .bind("epoch", lease.epoch());
    }

    private static <T> Mono<T> lost(Lease lease) {
        return Mono.error(() -> new LeaseLostException(lease));
    }
}
