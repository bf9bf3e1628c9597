package io.showreel.gateway.webhook.postgres;

import io.r2dbc.spi.Readable;
import io.showreel.gateway.webhook.Receiver;
import io.showreel.gateway.webhook.Receivers;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The table {@code webhook_receiver}. */
@Repository
class R2dbcReceivers implements Receivers {

    private static final String COLUMNS = "client_id, url, gone_at, updated_at";

    private final DatabaseClient database;

    R2dbcReceivers(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Receiver> find(UUID clientId) {
        return database.sql("select " + COLUMNS + " from webhook_receiver where client_id = $1")
                .bind(0, clientId)
                .map(R2dbcReceivers::receiver)
                .one();
    }

    @Override
    public Mono<Receiver> put(UUID clientId, String url) {
        return database.sql("""
                        insert into webhook_receiver (client_id, url) values ($1, $2)
                        on conflict (client_id) do update set url = excluded.url, gone_at = null, updated_at = now()
                        returning\s""" + COLUMNS)
                .bind(0, clientId)
                .bind(1, url)
                .map(R2dbcReceivers::receiver)
                .one();
    }

    @Override
    public Mono<Void> remove(UUID clientId) {
        return database.sql("delete from webhook_receiver where client_id = $1")
                .bind(0, clientId)
                .then();
    }

    @Override
    public Mono<Void> gone(UUID clientId, String url) {
        return database.sql("""
                        update webhook_receiver set gone_at = now(), updated_at = now()
                        where client_id = $1 and url = $2 and gone_at is null
                        """).bind(0, clientId).bind(1, url).then();
    }

    private static Receiver receiver(Readable row) {
        var goneAt = row.get("gone_at", OffsetDateTime.class);
        return new Receiver(
                Objects.requireNonNull(row.get("client_id", UUID.class)),
                Objects.requireNonNull(row.get("url", String.class)),
                goneAt == null ? null : goneAt.toInstant(),
                Objects.requireNonNull(row.get("updated_at", OffsetDateTime.class))
                        .toInstant());
    }
}
