package io.showreel.messaging.outbox;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.showreel.messaging.Unpooled;
import io.showreel.messaging.WireJson;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;

/**
 * The relay's own connection, outside the pool, so that it is neither starved by requests nor takes one of theirs while
 * it waits for Kafka. Every call blocks.
 */
final class OutboxConnection implements AutoCloseable {

    /** Advisory locks are per database, and each service has its own. */
    private static final long RELAY_LOCK = 0x6f7574626f78L;

    /** Compressed bytes that are read at once, so that an outage's backlog of large messages fits into memory. */
    private static final int BATCH_BYTES = 4 * 1024 * 1024;

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final Connection connection;
    private final Duration timeout;

    private OutboxConnection(Connection connection, Duration timeout) {
        this.connection = connection;
        this.timeout = timeout;
    }

    static OutboxConnection open(ConnectionFactory factory, Duration timeout) {
        var connection = Objects.requireNonNull(
                Mono.from(Unpooled.of(factory).create()).cast(Connection.class).block(timeout));
        var opened = new OutboxConnection(connection, timeout);
        // A deletion that a crash of the server forgets is a message sent twice, which readers expect anyway. And a
        // frozen relay must not keep the lock from the other replicas.
        opened.await(opened.execute("""
                set synchronous_commit = off;
                set idle_in_transaction_session_timeout = '30s';
                set application_name = 'outbox-relay'"""));
        return opened;
    }

    void begin() {
        await(connection.beginTransaction());
    }

    /** Whether this is the one relay of the database until the transaction ends. */
    boolean lock() {
        return Objects.requireNonNull(Flux.from(connection
                        .createStatement("select pg_try_advisory_xact_lock($1)")
                        .bind("$1", RELAY_LOCK)
                        .execute())
                .concatMap(result -> result.map(row -> Boolean.TRUE.equals(row.get(0, Boolean.class))))
                .blockLast(timeout));
    }

    /**
     * The oldest messages. A statement of its own, after the lock: its snapshot must show what the relay before has
     * deleted.
     */
    List<StoredMessage> oldest(int limit) {
        return Objects.requireNonNull(Flux.from(connection
                        .createStatement("""
                                select seq, id, aggregatetype, aggregateid, type, payload::text, headers::text, created_at
                                from (select head.*, sum(pg_column_size(payload)) over (order by seq) as bytes
                                      from (select * from outbox order by seq limit $1) head) head
                                where bytes - pg_column_size(payload) < $2
                                order by seq
                                """)
                        .bind("$1", limit)
                        .bind("$2", BATCH_BYTES)
                        .execute())
                .concatMap(result -> result.map(OutboxConnection::message))
                .collectList()
                .block(timeout));
    }

    void delete(List<StoredMessage> sent) {
        await(Flux.from(connection
                        .createStatement("delete from outbox where seq = any($1)")
                        .bind("$1", sent.stream().map(StoredMessage::seq).toArray(Long[]::new))
                        .execute())
                .concatMap(Result::getRowsUpdated));
    }

    void commit() {
        await(connection.commitTransaction());
    }

    void rollback() {
        await(connection.rollbackTransaction());
    }

    /** Does not wait: the server may be gone. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void close() {
        Mono.from(connection.close()).timeout(timeout).onErrorComplete().toFuture();
    }

    private Publisher<?> execute(String statements) {
        return Flux.from(connection.createStatement(statements).execute()).concatMap(Result::getRowsUpdated);
    }

    private void await(Publisher<?> work) {
        Flux.from(work).then().block(timeout);
    }

    private static StoredMessage message(Readable row) {
        return new StoredMessage(
                value(row, "seq", Long.class),
                value(row, "id", UUID.class),
                value(row, "aggregatetype", String.class),
                value(row, "aggregateid", String.class),
                value(row, "type", String.class),
                value(row, "payload", String.class),
                WireJson.mapper().readValue(value(row, "headers", String.class), HEADERS),
                value(row, "created_at", OffsetDateTime.class).toInstant());
    }

    private static <T> T value(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}
