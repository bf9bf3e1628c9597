package io.showreel.gateway.timeline.postgres;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import io.showreel.gateway.timeline.Happening;
import io.showreel.gateway.timeline.Moment;
import io.showreel.gateway.timeline.Timeline;
import io.showreel.web.WebJson;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.ObjectReader;

/** The table {@code timeline}. */
@Repository
class R2dbcTimeline implements Timeline {

    private static final ObjectReader DATA = WebJson.mapper().readerForMapOf(Object.class);
    private static final String COLUMNS = "id, type, occurred_at, source, scene_id, data";
    /** In place of an absent scene, since an array of texts has no nulls here. */
    private static final String NO_SCENE = "";

    private final DatabaseClient database;

    R2dbcTimeline(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Void> append(long jobId, Instant occurredAt, List<Happening> happenings) {
        return database.sql("""
                        insert into timeline (job_id, id, type, occurred_at, source, scene_id, data)
                        select $1, (select coalesce(max(id), 0) from timeline where job_id = $1) + n,
                               type, $2, source, nullif(scene_id, '')::uuid, data::json
                        from unnest($3::text[], $4::text[], $5::text[], $6::text[])
                             with ordinality as told (type, source, scene_id, data, n)
                        """)
                .bind(0, (int) jobId)
                .bind(1, occurredAt.atOffset(ZoneOffset.UTC))
                .bind(2, texts(happenings, Happening::type))
                .bind(3, texts(happenings, told -> told.source().name().toLowerCase(Locale.ROOT)))
                .bind(4, texts(happenings, told -> Objects.toString(told.sceneId(), NO_SCENE)))
                .bind(5, texts(happenings, told -> WebJson.mapper().writeValueAsString(told.data())))
                .then();
    }

    private static String[] texts(List<Happening> happenings, Function<Happening, String> text) {
        return happenings.stream().map(text).toArray(String[]::new);
    }

    @Override
    public Mono<List<Moment>> after(long jobId, long id, int limit) {
        return moments("where job_id = $1 and id > $2 order by id limit $3", jobId, clamped(id), limit);
    }

    @Override
    public Mono<List<Moment>> page(long jobId, int limit, int offset) {
        return moments("where job_id = $1 order by id offset $2 limit $3", jobId, offset, limit);
    }

    private Mono<List<Moment>> moments(String which, long jobId, int from, int limit) {
        return database.sql("select " + COLUMNS + " from timeline " + which)
                .bind(0, (int) jobId)
                .bind(1, from)
                .bind(2, limit)
                .map(R2dbcTimeline::moment)
                .all()
                .collectList();
    }

    private static int clamped(long id) {
        return (int) Math.clamp(id, 0, Integer.MAX_VALUE);
    }

    @Override
    public Mono<Long> count(long jobId) {
        return database.sql("select count(*) as total from timeline where job_id = $1")
                .bind(0, (int) jobId)
                .map(row -> required(row, "total", Long.class))
                .one();
    }

    private static Moment moment(Readable row) {
        Map<String, Object> data =
                DATA.readValue(required(row, "data", Json.class).asArray());
        return new Moment(
                required(row, "id", Integer.class),
                required(row, "type", String.class),
                required(row, "occurred_at", OffsetDateTime.class).toInstant(),
                required(row, "source", String.class),
                row.get("scene_id", UUID.class),
                data);
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
