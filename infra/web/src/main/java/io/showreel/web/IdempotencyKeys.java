package io.showreel.web;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Lets a client send a request twice without having it done twice. The key's row commits with the effect, so no replica
 * and no crash can separate the two. Within {@link #REMEMBERED} the same key answers with the first status and the
 * resource as it is now.
 */
public final class IdempotencyKeys {

    static final Duration REMEMBERED = Duration.ofHours(24);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(IdempotencyKeys.class);

    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    public IdempotencyKeys(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /**
     * Does it once. Ask other services before, and wait for anything after: a database transaction is open meanwhile.
     *
     * @param key none for a request that may be done each time it is sent
     * @param effect runs in the transaction that records the key
     * @param current the resource as it is now; empty if it is gone, which answers 404
     */
    public <T> Mono<Created<T>> once(
            Optional<IdempotencyKey> key, Mono<Created<T>> effect, Function<String, Mono<T>> current) {
        return key.map(given -> once(given, effect, current)).orElseGet(() -> effect.as(transaction::transactional));
    }

    /**
     * What an earlier request with this key brought about; empty if there was none. Ask this before asking the world, so
     * that a repeated request is answered however the world has changed since; then {@link #once}, which decides.
     *
     * @param current as for {@link #once}
     */
    public <T> Mono<Created<T>> remembered(Optional<IdempotencyKey> key, Function<String, Mono<T>> current) {
        return Mono.justOrEmpty(key).flatMap(this::find).flatMap(entry -> replay(entry, current));
    }

    private <T> Mono<Created<T>> once(IdempotencyKey key, Mono<Created<T>> effect, Function<String, Mono<T>> current) {
        var decided = tryLock(key)
                .flatMap(locked -> locked
                        ? find(key)
                                .<Outcome<T>>map(Replayed::new)
                                .switchIfEmpty(Mono.defer(() -> effect.flatMap(
                                        created -> remember(key, created).thenReturn(new First<>(created)))))
                        : Mono.error(stillRunning()));
        return decided.as(transaction::transactional).flatMap(outcome -> switch (outcome) {
            case First<T> first ->
                forgetOld()
                        // It is done: no trouble with what nobody waits for may look as if it were not.
                        .onErrorComplete(trouble -> {
                            log.debug("Old keys are forgotten another time", trouble);
                            return true;
                        })
                        .thenReturn(first.created());
            case Replayed<T> replayed -> replay(replayed.entry(), current);
        });
    }

    private static <T> Mono<Created<T>> replay(Entry entry, Function<String, Mono<T>> current) {
        return current.apply(entry.resourceId())
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("resource any more")))
                .map(now -> new Created<>(entry.resourceId(), HttpStatus.valueOf(entry.status()), now));
    }

    /** Held until commit or rollback; a twin that comes meanwhile is told to come back rather than kept waiting. */
    private Mono<Boolean> tryLock(IdempotencyKey key) {
        return database.sql("select pg_try_advisory_xact_lock(hashtextextended($1 || chr(10) || $2, 0)) as locked")
                .bind(0, key.keyName())
                .bind(1, key.key())
                .map(row -> Boolean.TRUE.equals(row.get("locked", Boolean.class)))
                .one();
    }

    private Mono<Entry> find(IdempotencyKey key) {
        return database.sql("""
                        select fingerprint, resource_id, status from idempotency_key
                        where key_name = $1 and key = $2 and created_at > now() - $3 * interval '1 second'
                        """)
                .bind(0, key.keyName())
                .bind(1, key.key())
                .bind(2, (double) REMEMBERED.toSeconds())
                .map(row -> new Entry(
                        String.valueOf(row.get("fingerprint", String.class)),
                        String.valueOf(row.get("resource_id", String.class)),
                        Optional.ofNullable(row.get("status", Integer.class)).orElseThrow()))
                .one()
                .flatMap(entry ->
                        entry.fingerprint().equals(key.fingerprint()) ? Mono.just(entry) : Mono.error(reused()));
    }

    private Mono<Void> remember(IdempotencyKey key, Created<?> created) {
        return database.sql("""
                        insert into idempotency_key (key_name, key, fingerprint, resource_id, status)
                        values ($1, $2, $3, $4, $5)
                        on conflict (key_name, key) do update
                        set fingerprint = excluded.fingerprint, resource_id = excluded.resource_id,
                            status = excluded.status, created_at = excluded.created_at
                        """)
                .bind(0, key.keyName())
                .bind(1, key.key())
                .bind(2, key.fingerprint())
                .bind(3, created.resourceId())
                .bind(4, created.status().value())
                .then();
    }

    /** A few at a time and on the way, so that nobody needs a clock for it. */
    private Mono<Void> forgetOld() {
        return database.sql("""
                        delete from idempotency_key where (key_name, key) in (
                            select key_name, key from idempotency_key
                            where created_at < now() - $1 * interval '1 second'
                            order by created_at limit 20 for update skip locked)
                        """).bind(0, (double) REMEMBERED.toSeconds()).then();
    }

    private static ApiException stillRunning() {
        return ApiException.conflict(
                        "idempotency_key_in_use", "The first request with this Idempotency-Key is still running.")
                .retryAfter(RETRY_AFTER);
    }

    private static ApiException reused() {
        return new ApiException(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "idempotency_key_reused",
                "This Idempotency-Key was used for another request.");
    }

    private record Entry(String fingerprint, String resourceId, int status) {}

    private sealed interface Outcome<T> {}

    private record First<T>(Created<T> created) implements Outcome<T> {}

    private record Replayed<T>(Entry entry) implements Outcome<T> {}
}
