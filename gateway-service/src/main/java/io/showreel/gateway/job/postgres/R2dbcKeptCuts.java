package io.showreel.gateway.job.postgres;

import io.r2dbc.postgresql.codec.Json;
import io.showreel.gateway.job.Cut;
import io.showreel.gateway.job.KeptCuts;
import io.showreel.messaging.WireJson;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/** The table {@code job_cut}. */
@Repository
class R2dbcKeptCuts implements KeptCuts {

    private static final ObjectReader READER = WireJson.mapper().readerFor(Cut.class);
    private static final ObjectWriter WRITER = WireJson.mapper().writerFor(Cut.class);

    private final DatabaseClient database;

    R2dbcKeptCuts(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Void> keep(long jobId, Cut cut) {
        return database.sql("insert into job_cut (job_id, number, cut) values ($1, $2, $3) on conflict do nothing")
                .bind(0, (int) jobId)
                .bind(1, cut.number())
                .bind(2, Json.of(WRITER.writeValueAsBytes(cut)))
                .then();
    }

    @Override
    public Mono<List<KeptCut>> of(long jobId) {
        return database.sql("select cut, ended_at from job_cut where job_id = $1 order by number")
                .bind(0, (int) jobId)
                .map(row -> new KeptCut(
                        READER.<Cut>readValue(Objects.requireNonNull(row.get("cut", Json.class))
                                .asArray()),
                        Objects.requireNonNull(row.get("ended_at", OffsetDateTime.class))
                                .toInstant()))
                .all()
                .collectList();
    }

    @Override
    public Mono<Void> remove(long jobId, List<Integer> numbers) {
        return database.sql("delete from job_cut where job_id = $1 and number = any($2)")
                .bind(0, (int) jobId)
                .bind(1, numbers.toArray(Integer[]::new))
                .then();
    }

    @Override
    public Mono<List<Long>> jobsWithOld(Instant endedBefore, long after, int limit) {
        return database.sql("""
                        select distinct kept.job_id from job_cut kept
                        where kept.ended_at < $1 and kept.job_id > $2
                          and exists (select 1 from job_cut later
                                      where later.job_id = kept.job_id and later.number > kept.number)
                        order by kept.job_id limit $3
                        """)
                .bind(0, endedBefore.atOffset(ZoneOffset.UTC))
                .bind(1, (int) after)
                .bind(2, limit)
                .map(row ->
                        Objects.requireNonNull(row.get("job_id", Integer.class)).longValue())
                .all()
                .collectList();
    }
}
