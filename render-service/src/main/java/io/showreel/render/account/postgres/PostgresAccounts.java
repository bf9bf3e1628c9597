package io.showreel.render.account.postgres;

import io.r2dbc.spi.Readable;
import io.showreel.render.account.Account;
import io.showreel.render.account.Accounts;
import io.showreel.render.account.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Repository
class PostgresAccounts implements Accounts {

    private final DatabaseClient database;

    PostgresAccounts(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Boolean> enter(String name) {
        return database.sql("insert into account (name) values (:name) on conflict do nothing")
                .bind("name", name)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    @Override
    public Flux<String> names() {
        return database.sql("select name from account").mapValue(String.class).all();
    }

    @Override
    public Mono<Account> find(String name) {
        return database.sql("""
                        select account.*, busy.in_flight, busy.unanswered
                          from account, lateral (
                               select count(*)::integer as in_flight,
                                      (count(*) filter (where stage = 'submitting'))::integer as unanswered
                                 from attempt
                                where account = name and stage in ('submitting', 'unknown', 'running', 'stray')) busy
                         where name = :name
                        """)
                .bind("name", name)
                .map(PostgresAccounts::account)
                .one();
    }

    /** Not in one statement: that would count what was in flight before the lock was had. */
    @Override
    public Mono<Account> lock(String name) {
        return database.sql("select name from account where name = :name for no key update")
                .bind("name", name)
                .then()
                .then(Mono.defer(() -> find(name)));
    }

    @Override
    public Mono<Void> pause(String name, Duration length, String because) {
        return seconds(database.sql("""
                                update account set paused_until = now() + make_interval(secs => :seconds),
                                                   paused_because = :because
                                 where name = :name
                                   and coalesce(paused_until, now()) < now() + make_interval(secs => :seconds)
                                """), length)
                .bind("name", name)
                .bind("because", because)
                .then();
    }

    @Override
    public Mono<Void> hold(String name, Hold.Kind kind, String message, Duration tryAfter) {
        return seconds(database.sql("""
                                update account
                                   set held = :kind, held_because = :message, held_since = coalesce(held_since, now()),
                                       paused_until = greatest(paused_until, now() + make_interval(secs => :seconds)),
                                       paused_because = :message
                                 where name = :name
                                """), tryAfter)
                .bind("name", name)
                .bind("kind", word(kind))
                .bind("message", message)
                .then();
    }

    @Override
    public Mono<Boolean> release(String name, Set<Hold.Kind> kinds) {
        return database.sql("""
                        update account set held = null, held_because = null, held_since = null, paused_until = null,
                                           paused_because = null
                         where name = :name and held = any(:kinds)
                        """)
                .bind("name", name)
                .bind("kinds", kinds.stream().map(PostgresAccounts::word).toArray(String[]::new))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    @Override
    public Mono<Void> slowDown(String name, int perMinute, Duration length) {
        return seconds(database.sql("""
                                update account set slow_per_minute = :per_minute,
                                                   slow_until = now() + make_interval(secs => :seconds)
                                 where name = :name
                                """), length)
                .bind("name", name)
                .bind("per_minute", perMinute)
                .then();
    }

    private static Account account(Readable row) {
        return new Account(
                known(row.get("name", String.class)),
                row.get("paused_until", Instant.class),
                hold(row),
                slow(row),
                known(row.get("in_flight", Integer.class)),
                known(row.get("unanswered", Integer.class)));
    }

    private static @Nullable Hold hold(Readable row) {
        var kind = row.get("held", String.class);
        return kind == null
                ? null
                : new Hold(
                        Hold.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                        known(row.get("held_because", String.class)),
                        known(row.get("held_since", Instant.class)));
    }

    private static Account.@Nullable Slow slow(Readable row) {
        var perMinute = row.get("slow_per_minute", Integer.class);
        return perMinute == null ? null : new Account.Slow(perMinute, known(row.get("slow_until", Instant.class)));
    }

    private static GenericExecuteSpec seconds(GenericExecuteSpec statement, Duration length) {
        return statement.bind("seconds", length.toMillis() / 1000.0);
    }

    private static String word(Hold.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static <T> T known(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
