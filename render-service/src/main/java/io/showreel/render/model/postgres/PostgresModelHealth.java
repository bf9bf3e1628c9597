package io.showreel.render.model.postgres;

import io.r2dbc.spi.Readable;
import io.showreel.render.model.Breaker;
import io.showreel.render.model.ModelHealth;
import java.time.Instant;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Repository
class PostgresModelHealth implements ModelHealth {

    private final DatabaseClient database;

    PostgresModelHealth(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Void> failed(String account, String model, Instant now) {
        return database.sql("""
                        insert into breaker (account, model) values (:account, :model)
                        on conflict (account, model) do update set failures = breaker.failures
                        returning failures, openings, open_until
                        """)
                .bind("account", account)
                .bind("model", model)
                .map(PostgresModelHealth::breaker)
                .one()
                .flatMap(breaker -> save(account, model, breaker.failed(now)));
    }

    private Mono<Void> save(String account, String model, Breaker breaker) {
        var statement = database.sql("""
                        update breaker set failures = :failures, openings = :openings, open_until = :until
                         where account = :account and model = :model
                        """)
                .bind("account", account)
                .bind("model", model)
                .bind("failures", breaker.failures())
                .bind("openings", breaker.openings());
        var until = breaker.openUntil();
        return (until == null ? statement.bindNull("until", Instant.class) : statement.bind("until", until)).then();
    }

    @Override
    public Mono<Void> succeeded(String account, String model) {
        return database.sql("delete from breaker where account = :account and model = :model")
                .bind("account", account)
                .bind("model", model)
                .then();
    }

    @Override
    public Flux<Ailing> ailing(String account) {
        return database.sql("""
                        select breaker.*,
                               exists (select from attempt
                                        where attempt.account = breaker.account and attempt.model = breaker.model
                                          and stage in ('submitting', 'unknown', 'running', 'stray')) as busy
                          from breaker where account = :account
                        """)
                .bind("account", account)
                .map(row -> new Ailing(
                        Objects.requireNonNull(row.get("model", String.class)),
                        breaker(row),
                        Boolean.TRUE.equals(row.get("busy", Boolean.class))))
                .all();
    }

    private static Breaker breaker(Readable row) {
        return new Breaker(
                Objects.requireNonNull(row.get("failures", Integer.class)),
                Objects.requireNonNull(row.get("openings", Integer.class)),
                row.get("open_until", Instant.class));
    }
}
