package io.showreel.gateway.webhook.postgres;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.showreel.gateway.webhook.Deliveries;
import io.showreel.gateway.webhook.Delivery;
import io.showreel.gateway.webhook.Delivery.Attempt;
import io.showreel.gateway.webhook.Delivery.Status;
import io.showreel.gateway.webhook.Verdict;
import io.showreel.messaging.WireJson;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;

/** The table {@code webhook_delivery}. Its times are the database's, as those of the leases are. */
@Repository
class R2dbcDeliveries implements Deliveries {

    private static final String SELECT = """
            select id, job_id, client_id, type, url, body, status, tries, attempts, due_at, give_up_at, inserted_at, updated_at
            from webhook_delivery
            """;

    private static final TypeReference<List<Attempt>> ATTEMPTS = new TypeReference<>() {};

    /** Of a delivery that is asked for again and again, the latest tries are kept. */
    private static final int MOST_ATTEMPTS = 100;

    private final DatabaseClient database;

    R2dbcDeliveries(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<String> add(NewDelivery delivery) {
        return database.sql("""
                        with receiver as (select coalesce($5,
                            (select url from webhook_receiver where client_id = $3 and gone_at is null)) as url)
                        insert into webhook_delivery (id, job_id, client_id, type, url, receiver, body, due_at, give_up_at)
                        select $1, $2, $3, $4, url, encode(sha256(convert_to(url, 'UTF8')), 'hex'), $6, now(), $7
                        from receiver where url is not null
                        returning receiver
                        """)
                .bind(0, delivery.id())
                .bind(1, (int) delivery.jobId())
                .bind(2, delivery.clientId())
                .bind(3, delivery.type())
                .bind(4, Parameters.in(R2dbcType.VARCHAR, delivery.url()))
                .bind(5, delivery.body())
                .bind(6, utc(delivery.giveUpAt()))
                .map(row -> required(row, "receiver", String.class))
                .one();
    }

    @Override
    public Mono<List<Delivery>> due(String receiver, Collection<UUID> except, int limit) {
        return database.sql(SELECT
                        + " where receiver = $1 and due_at <= now() and id <> all($2) order by due_at, id limit $3")
                .bind(0, receiver)
                .bind(1, except.toArray(UUID[]::new))
                .bind(2, limit)
                .map(R2dbcDeliveries::delivery)
                .all()
                .collectList();
    }

    @Override
    public Mono<Instant> nextDue(String receiver) {
        return database.sql("""
                        select due_at from webhook_delivery where receiver = $1 and due_at is not null
                        order by due_at limit 1
                        """)
                .bind(0, receiver)
                .map(row -> required(row, "due_at", OffsetDateTime.class).toInstant())
                .one();
    }

    @Override
    public Mono<Void> record(Delivery delivery, Attempt attempt, Verdict verdict) {
        return database.sql("""
                        update webhook_delivery set status = $2, due_at = $3, tries = tries + 1, updated_at = now(),
                            attempts = case when jsonb_array_length(attempts) < $5 then attempts else attempts - 0 end
                                || $4::jsonb
                        where id = $1 and status = 'pending'
                        """)
                .bind(0, delivery.id())
                .bind(1, lower(status(verdict)))
                .bind(
                        2,
                        Parameters.in(
                                R2dbcType.TIMESTAMP_WITH_TIME_ZONE,
                                verdict instanceof Verdict.Again again ? utc(again.due()) : null))
                .bind(3, Json.of(WireJson.mapper().writeValueAsBytes(List.of(attempt))))
                .bind(4, MOST_ATTEMPTS)
                .then();
    }

    private static Status status(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Delivered delivered -> Status.DELIVERED;
            case Verdict.Gone gone -> Status.FAILED;
            case Verdict.GivenUp givenUp -> Status.FAILED;
            case Verdict.Again again -> Status.PENDING;
        };
    }

    @Override
    public Mono<String> again(long jobId, UUID id, Instant giveUpAt) {
        return database.sql("""
                        update webhook_delivery set status = 'pending', tries = 0, due_at = now(), give_up_at = $3,
                            updated_at = now()
                        where job_id = $1 and id = $2 returning receiver
                        """)
                .bind(0, (int) jobId)
                .bind(1, id)
                .bind(2, utc(giveUpAt))
                .map(row -> required(row, "receiver", String.class))
                .one();
    }

    @Override
    public Mono<Delivery> find(long jobId, UUID id) {
        return database.sql(SELECT + " where job_id = $1 and id = $2")
                .bind(0, (int) jobId)
                .bind(1, id)
                .map(R2dbcDeliveries::delivery)
                .one();
    }

    @Override
    public Flux<Delivery> list(long jobId, int limit, int offset) {
        return database.sql(SELECT + " where job_id = $1 order by id desc limit $2 offset $3")
                .bind(0, (int) jobId)
                .bind(1, limit)
                .bind(2, offset)
                .map(R2dbcDeliveries::delivery)
                .all();
    }

    @Override
    public Mono<Long> count(long jobId) {
        return database.sql("select count(*) as total from webhook_delivery where job_id = $1")
                .bind(0, (int) jobId)
                .map(row -> required(row, "total", Long.class))
                .one();
    }

    @Override
    public Mono<Long> forget(Instant before, int limit) {
        return database.sql("""
                        delete from webhook_delivery where id in (
                            select id from webhook_delivery where inserted_at < $1 and updated_at < $1 and due_at is null
                            limit $2)
                        """).bind(0, utc(before)).bind(1, limit).fetch().rowsUpdated();
    }

    private static Delivery delivery(Readable row) {
        return new Delivery(
                required(row, "id", UUID.class),
                required(row, "job_id", Integer.class),
                required(row, "client_id", UUID.class),
                required(row, "type", String.class),
                required(row, "url", String.class),
                required(row, "body", String.class),
                Status.valueOf(required(row, "status", String.class).toUpperCase(Locale.ROOT)),
                required(row, "tries", Integer.class),
                WireJson.mapper()
                        .readValue(required(row, "attempts", Json.class).asArray(), ATTEMPTS),
                instant(row, "due_at"),
                required(row, "give_up_at", OffsetDateTime.class).toInstant(),
                required(row, "inserted_at", OffsetDateTime.class).toInstant(),
                required(row, "updated_at", OffsetDateTime.class).toInstant());
    }

    private static String lower(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(Readable row, String column) {
        var time = row.get(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
