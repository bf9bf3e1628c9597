package io.showreel.gateway.webhook.postgres;

import io.showreel.gateway.webhook.Secret;
import io.showreel.gateway.webhook.Secrets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The table {@code webhook_secret}. */
@Repository
class R2dbcSecrets implements Secrets {

    /** Signatures share one header, so their number has an end. */
    private static final int MOST = 5;

    private final DatabaseClient database;

    R2dbcSecrets(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<List<Secret>> valid(UUID clientId) {
        return database.sql("""
                        select id, secret from webhook_secret
                        where client_id = $1 and (valid_until is null or valid_until > now()) order by made_at desc, id desc
                        """)
                .bind(0, clientId)
                .map(row -> new Secret(
                        Objects.requireNonNull(row.get("id", UUID.class)),
                        clientId,
                        Objects.requireNonNull(row.get("secret", String.class))))
                .all()
                .collectList();
    }

    @Override
    public Mono<Void> addFirst(Secret secret) {
        return insert(secret, " on conflict (client_id) where valid_until is null do nothing");
    }

    @Override
    public Mono<Boolean> replace(Secret secret, Instant oldValidUntil) {
        return lock(secret.clientId())
                .then(valid(secret.clientId()))
                .flatMap(valid -> valid.size() >= MOST
                        ? Mono.just(false)
                        : outdate(secret.clientId(), oldValidUntil)
                                .then(insert(secret, ""))
                                .thenReturn(true));
    }

    /** Two who replace it at once would each outdate the same one, and clash. */
    private Mono<Void> lock(UUID clientId) {
        return database.sql("select pg_advisory_xact_lock(hashtextextended('webhook-secret ' || $1, 0))")
                .bind(0, clientId.toString())
                .then();
    }

    private Mono<Void> outdate(UUID clientId, Instant until) {
        return database.sql("""
                        with outdated as (
                            update webhook_secret set valid_until = $2 where client_id = $1 and valid_until is null)
                        delete from webhook_secret where client_id = $1 and valid_until <= now()
                        """)
                .bind(0, clientId)
                .bind(1, until.atOffset(ZoneOffset.UTC))
                .then();
    }

    private Mono<Void> insert(Secret secret, String onConflict) {
        return database.sql("insert into webhook_secret (id, client_id, secret) values ($1, $2, $3)" + onConflict)
                .bind(0, secret.id())
                .bind(1, secret.clientId())
                .bind(2, secret.value())
                .then();
    }
}
