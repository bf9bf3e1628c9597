package io.showreel.gateway.job.postgres;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import io.showreel.gateway.job.Job;
import io.showreel.gateway.job.Jobs;
import io.showreel.gateway.job.Scene;
import io.showreel.gateway.job.Standing;
import io.showreel.gateway.job.StoredJob;
import io.showreel.messaging.WireJson;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/** The table {@code job}: the state as JSON, and beside it the columns that are searched. */
@Repository
class R2dbcJobs implements Jobs {

    private static final ObjectReader READER = WireJson.mapper().readerFor(Job.class);
    private static final ObjectWriter WRITER = WireJson.mapper().writerFor(Job.class);
    private static final String COLUMNS = "id, version, state, inserted_at, updated_at";

    private final DatabaseClient database;

    R2dbcJobs(DatabaseClient database) {
        this.database = database;
    }

    /**
     * Its commit does not wait for the disk, while which all jobs of the campaign would wait for its row. A job's own
     * commit comes later and does, and what is on disk then is all that was committed before.
     */
    @Override
    public Mono<Numbers> number(UUID campaignId) {
        return database.sql("""
                        with film as (
                            insert into campaign_films (campaign_id, ordered) values ($1, 1)
                            on conflict (campaign_id) do update set ordered = campaign_films.ordered + 1
                            returning ordered)
                        select nextval(pg_get_serial_sequence('job', 'id')) as id, ordered,
                               set_config('synchronous_commit', 'off', true)
                        from film
                        """)
                .bind(0, campaignId)
                .map(row -> new Numbers(required(row, "id", Long.class), required(row, "ordered", Integer.class)))
                .one();
    }

    @Override
    public Mono<StoredJob> insert(Job state) {
        var order = Job.orderOf(state);
        return bindView(database.sql("""
                                insert into job (status, stage, progress, revision, due_at, state, version,
                                                 id, client_id, campaign_id, type, video_name)
                                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                                returning inserted_at, updated_at
                                """), state)
                .bind(6, 1L)
                .bind(7, (int) order.jobId())
                .bind(8, order.clientId())
                .bind(9, order.campaignId())
                .bind(10, order.type().name().toLowerCase(Locale.ROOT))
                .bind(11, order.videoName())
                .map(row ->
                        new StoredJob(order.jobId(), 1, state, instant(row, "inserted_at"), instant(row, "updated_at")))
                .one();
    }

    @Override
    public Mono<StoredJob> save(StoredJob before, Job after) {
        return bindView(database.sql("""
                                update job set status = $1, stage = $2, progress = $3, revision = $4, due_at = $5,
                                               state = $6, version = $7, updated_at = now()
                                where id = $8
                                returning updated_at
                                """), after)
                .bind(6, before.version() + 1)
                .bind(7, (int) before.id())
                .map(row -> new StoredJob(
                        before.id(), before.version() + 1, after, before.insertedAt(), instant(row, "updated_at")))
                .one()
                .flatMap(saved -> own(before.state(), saved).thenReturn(saved));
    }

    @Override
    public Mono<StoredJob> delete(StoredJob before, Job after) {
        return database.sql("delete from job where id = $1")
                .bind(0, (int) before.id())
                .then()
                .thenReturn(new StoredJob(
                        before.id(), before.version() + 1, after, before.insertedAt(), before.updatedAt()));
    }

    @Override
    public Mono<Boolean> knowsScene(UUID sceneId, Set<UUID> visibleClients) {
        return database.sql("""
                        select exists (
                            select 1 from job_scene join job on job.id = job_id
                            where scene_id = $1 and (cardinality($2) = 0 or client_id = any($2))) as known
                        """)
                .bind(0, sceneId)
                .bind(1, visibleClients.toArray(UUID[]::new))
                .map(row -> required(row, "known", Boolean.class))
                .one();
    }

    /** Scenes that the job has had are its own for ever; only new ones are written down. */
    private Mono<Void> own(Job before, StoredJob after) {
        var had = new HashSet<>(scenes(before));
        var more =
                scenes(after.state()).stream().filter(id -> !had.contains(id)).toArray(UUID[]::new);
        return more.length == 0
                ? Mono.empty()
                : database.sql("insert into job_scene (scene_id, job_id) select unnest($1), $2 on conflict do nothing")
                        .bind(0, more)
                        .bind(1, (int) after.id())
                        .then();
    }

    private static List<UUID> scenes(Job state) {
        var storyboard = Job.storyboardOf(state);
        return storyboard == null
                ? List.of()
                : storyboard.scenes().stream().map(Scene::id).toList();
    }

    private static GenericExecuteSpec bindView(GenericExecuteSpec statement, Job state) {
        var standing = Standing.of(state);
        var bound = statement
                .bind(0, standing.statusName())
                .bind(1, standing.stageName())
                .bind(2, (short) standing.progress())
                .bind(5, Json.of(WRITER.writeValueAsBytes(state)));
        bound = state instanceof Job.Completed completed
                ? bound.bind(3, completed.film().revision())
                : bound.bindNull(3, Integer.class);
        var due = Job.dueOf(state);
        return due == null ? bound.bindNull(4, OffsetDateTime.class) : bound.bind(4, due.atOffset(ZoneOffset.UTC));
    }

    @Override
    public Mono<StoredJob> lock(long jobId) {
        return one("select " + COLUMNS + " from job where id = $1 for update", jobId);
    }

    @Override
    public Mono<StoredJob> lockIfFree(long jobId) {
        return one("select " + COLUMNS + " from job where id = $1 for update skip locked", jobId);
    }

    @Override
    public Mono<StoredJob> find(long jobId) {
        return one("select " + COLUMNS + " from job where id = $1", jobId);
    }

    private Mono<StoredJob> one(String sql, long jobId) {
        if (jobId > Integer.MAX_VALUE || jobId < 0) {
            return Mono.empty();
        }
        return database.sql(sql).bind(0, (int) jobId).map(R2dbcJobs::job).one();
    }

    @Override
    public Flux<StoredJob> list(Filter filter, int limit, int offset) {
        var conditions = new Conditions(filter);
        return conditions
                .bind(database.sql("select " + COLUMNS + " from job" + conditions.where()
                        + " order by id desc limit :limit offset :offset"))
                .bind("limit", limit)
                .bind("offset", offset)
                .map(R2dbcJobs::job)
                .all();
    }

    @Override
    public Mono<Long> count(Filter filter) {
        var conditions = new Conditions(filter);
        return conditions
                .bind(database.sql("select count(*) as total from job" + conditions.where()))
                .map(row -> required(row, "total", Long.class))
                .one();
    }

    @Override
    public Mono<List<Long>> due(Instant now, boolean withSelections, int limit) {
        return database.sql("""
                        select id from job where due_at <= $1 and ($2 or stage <> 'selecting_scenes')
                        order by due_at limit $3
                        """)
                .bind(0, now.atOffset(ZoneOffset.UTC))
                .bind(1, withSelections)
                .bind(2, limit)
                .map(row -> required(row, "id", Integer.class).longValue())
                .all()
                .collectList();
    }

    private static StoredJob job(Readable row) {
        Job state = READER.readValue(required(row, "state", Json.class).asArray());
        return new StoredJob(
                required(row, "id", Integer.class),
                required(row, "version", Long.class),
                state,
                instant(row, "inserted_at"),
                instant(row, "updated_at"));
    }

    private static Instant instant(Readable row, String column) {
        return required(row, column, OffsetDateTime.class).toInstant();
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }

    /** The part of a query that a filter makes. */
    private static final class Conditions {

        private final Map<String, Object> values = new LinkedHashMap<>();
        private final StringBuilder where = new StringBuilder(" where true");

        Conditions(Filter filter) {
            equal("id", filter.jobId() == null ? null : clamped(filter.jobId()));
            equal("status", filter.status());
            equal("campaign_id", filter.campaignId());
            equal("client_id", filter.clientId());
            if (!filter.visibleClients().isEmpty()) {
                where.append(" and client_id = any(:visible)");
                values.put("visible", filter.visibleClients().toArray(UUID[]::new));
            }
            if (filter.withFilm()) {
                where.append(" and revision is not null");
            }
        }

        private static int clamped(long jobId) {
            return (int) Math.max(-1, Math.min(Integer.MAX_VALUE, jobId));
        }

        private void equal(String column, @Nullable Object value) {
            if (value != null) {
                where.append(" and ").append(column).append(" = :").append(column);
                values.put(column, value);
            }
        }

        String where() {
            return where.toString();
        }

        GenericExecuteSpec bind(GenericExecuteSpec statement) {
            var bound = statement;
            for (var value : values.entrySet()) {
                bound = bound.bind(value.getKey(), value.getValue());
            }
            return bound;
        }
    }
}
