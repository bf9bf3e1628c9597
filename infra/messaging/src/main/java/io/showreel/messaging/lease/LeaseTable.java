package io.showreel.messaging.lease;

import static java.util.Objects.requireNonNull;

import io.showreel.messaging.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** What a worker does with the rows of its queue. Each call blocks and is a transaction of its own. */
final class LeaseTable {

    /** What a lease is known by. */
    record Held(String key, long epoch) {}

    /** A row as it was leased. */
    record Claimed(String key, long epoch, int attempts) {}

    private final DatabaseClient database;
    private final String queue;
    private final String owner;
    private final Duration lease;
    private final Duration timeout;

    LeaseTable(DatabaseClient database, String queue, String owner, Duration lease, Duration timeout) {
        this.database = database;
        this.queue = queue;
        this.owner = owner;
        this.lease = lease;
        this.timeout = timeout;
    }

    /** Leases rows that are due, the longest waiting first: scheduled ones, and those of workers that fell silent. */
    List<Claimed> claim(int most) {
        return await(database.sql("""
                                update leased_work work set owner = :owner, epoch = epoch + 1, attempts = attempts + 1,
                                    again_at = null, heartbeat_at = now(), due_at = now() + :lease * interval '1 millisecond'
                                from (select key from leased_work where queue = :queue and due_at <= now()
                                      order by due_at limit :most for update skip locked) due
                                where work.queue = :queue and work.key = due.key
                                returning work.key, work.epoch, work.attempts
                                """)
                        .bind("owner", owner)
                        .bind("lease", lease.toMillis())
                        .bind("queue", queue)
                        .bind("most", most)
                        .map(row -> new Claimed(
                                requireNonNull(row.get("key", String.class)),
                                requireNonNull(row.get("epoch", Long.class)),
                                requireNonNull(row.get("attempts", Integer.class))))
                        .all()
                        .collectList())
                .orElse(List.of());
    }

    /** How long until the next row is due, by the database's clock; empty if there is none. */
    Optional<Duration> untilNext() {
        return await(database.sql("""
                                select (extract(epoch from min(due_at) - now()) * 1000)::bigint as millis
                                from leased_work where queue = :queue having min(due_at) is not null
                                """).bind("queue", queue).mapValue(Long.class).one())
                .map(Duration::ofMillis);
    }

    /** Keeps the leases alive and tells which of them still are. */
    Set<Held> heartbeat(Collection<Lease> leases) {
        return await(database.sql("""
                                update leased_work work set heartbeat_at = now(),
                                    due_at = now() + :lease * interval '1 millisecond'
                                from unnest(:keys::text[], :epochs::bigint[]) as held (key, epoch)
                                where work.queue = :queue and work.owner = :owner
                                    and work.key = held.key and work.epoch = held.epoch
                                returning work.key, work.epoch
                                """)
                        .bind("lease", lease.toMillis())
                        .bind("keys", leases.stream().map(Lease::key).toArray(String[]::new))
                        .bind("epochs", leases.stream().map(Lease::epoch).toArray(Long[]::new))
                        .bind("queue", queue)
                        .bind("owner", owner)
                        .map(row -> new Held(
                                requireNonNull(row.get("key", String.class)),
                                requireNonNull(row.get("epoch", Long.class))))
                        .all()
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    /** The attempt failed: its row is due again later. False if the work was ended, or its lease lost. */
    boolean giveUp(Lease held, Instant due) {
        return release(held, due, held.attempts());
    }

    /** The attempt does not count: its row is due at once, for whoever is there. */
    void handOver(Lease held) {
        release(held, Instant.now(), held.attempts() - 1);
    }

    private boolean release(Lease held, Instant due, int attempts) {
        return await(database.sql("""
                                update leased_work set owner = null, heartbeat_at = null, attempts = :attempts,
                                    due_at = least(:due, again_at), again_at = null
                                where queue = :queue and key = :key and owner = :owner and epoch = :epoch
                                """)
                        .bind("attempts", attempts)
                        .bind("due", due.atOffset(ZoneOffset.UTC))
                        .bind("queue", queue)
                        .bind("key", held.key())
                        .bind("owner", owner)
                        .bind("epoch", held.epoch())
                        .fetch()
                        .rowsUpdated())
                .filter(updated -> updated == 1)
                .isPresent();
    }

    private <T> Optional<T> await(Mono<T> statement) {
        return statement.blockOptional(timeout);
    }
}
