package io.showreel.messaging.lease;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.showreel.messaging.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The connection that a presence lives on, outside the pool: a pooled one would be closed or lent on. Each call blocks. */
final class PresenceConnection implements AutoCloseable {

    /** Between an owner's name and the number of its lock. */
    static final String SIGN = "#";

    /** The first of the lock's two keys, which no other lock of the database has. */
    private static final int LOCKS = 0x6c656173;

    /** A server that has just started holds nobody's lock: for so long, that one is missing says nothing. */
    private static final Duration TO_RECONNECT = Duration.ofSeconds(10);

    private final Connection connection;
    private final Duration timeout;

    private PresenceConnection(Connection connection, Duration timeout) {
        this.connection = connection;
        this.timeout = timeout;
    }

    static PresenceConnection open(ConnectionFactory factory, Duration timeout) {
        var connection = Objects.requireNonNull(
                Mono.from(Unpooled.of(factory).create()).cast(Connection.class).block(timeout));
        var opened = new PresenceConnection(connection, timeout);
        opened.await(Flux.from(connection
                        .createStatement("set application_name = 'presence'")
                        .execute())
                .concatMap(Result::getRowsUpdated));
        return opened;
    }

    /** Waits for a former connection of this process that the server has not given up yet. */
    void lock(int number) {
        await(Flux.from(connection
                        .createStatement("select pg_advisory_lock($1, $2)")
                        .bind("$1", LOCKS)
                        .bind("$2", number)
                        .execute())
                .concatMap(Result::getRowsUpdated));
    }

    /** Makes what owners without a lock have leased due, and tells in which queues. */
    Set<String> endLeasesOfTheDead(List<String> queues) {
        return Set.copyOf(Objects.requireNonNull(Flux.from(connection
                        .createStatement("""
                                with present as materialized (
                                    select objid::text as number from pg_locks
                                     where locktype = 'advisory' and classid = $1::oid and objsubid = 2
                                       and database = (select oid from pg_database where datname = current_database())
                                )
                                update leased_work set due_at = now()
                                 where queue = any($2) and due_at > now() and owner like '%' || $3 || '%'
                                   and split_part(owner, $3, 2) not in (select number from present)
                                   and pg_postmaster_start_time() < now() - $4 * interval '1 millisecond'
                                returning queue
                                """)
                        .bind("$1", LOCKS)
                        .bind("$2", queues.toArray(String[]::new))
                        .bind("$3", SIGN)
                        .bind("$4", TO_RECONNECT.toMillis())
                        .execute())
                .concatMap(result -> result.map(row -> Objects.requireNonNull(row.get("queue", String.class))))
                .collectList()
                .block(timeout)));
    }

    /** Does not wait: the server may be gone. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void close() {
        Mono.from(connection.close()).timeout(timeout).onErrorComplete().toFuture();
    }

    private void await(Publisher<?> work) {
        Flux.from(work).then().block(timeout);
    }
}
