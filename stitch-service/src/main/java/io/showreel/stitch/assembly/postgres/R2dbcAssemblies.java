package io.showreel.stitch.assembly.postgres;

import io.r2dbc.spi.Readable;
import io.showreel.messaging.Origin;
import io.showreel.messaging.WireJson;
import io.showreel.stitch.assembly.Assemblies;
import io.showreel.stitch.assembly.Assembly;
import io.showreel.stitch.assembly.CutId;
import io.showreel.stitch.assembly.TakeOfCut;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** One row a cut: the phase by name, and the state's components as JSON. */
@Repository
class R2dbcAssemblies implements Assemblies {

    private static final JsonMapper JSON = WireJson.mapper();

    private final DatabaseClient database;

    R2dbcAssemblies(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Assembly> lock(CutId cut) {
        // The update changes nothing; it locks a row that is there already, so that one round trip serves both cases.
        return database.sql("""
            insert into assembly (job_id, cut, rendition, phase, document)
            values (:job, :cut, :rendition, :phase, cast(:document as jsonb))
            on conflict (job_id, cut, rendition) do update set job_id = excluded.job_id
            returning phase, document::text as document
            """)
                .bind("job", cut.jobId())
                .bind("cut", cut.cut())
                .bind("rendition", cut.renditionOrNone())
                .bind("phase", phaseOf(Assembly.NEW))
                .bind("document", JSON.writeValueAsString(Assembly.NEW))
                .map(R2dbcAssemblies::read)
                .one();
    }

    @Override
    public Mono<Void> save(CutId cut, Assembly assembly) {
        return Mono.deferContextual(context -> database.sql("""
            update assembly
            set phase = :phase, document = cast(:document as jsonb), origin = cast(:origin as jsonb),
                changed_at = now(),
                ready_at = case when :phase = 'ready' then clock_timestamp() else ready_at end
            where job_id = :job and cut = :cut and rendition = :rendition
            """)
                .bind("job", cut.jobId())
                .bind("cut", cut.cut())
                .bind("rendition", cut.renditionOrNone())
                .bind("phase", phaseOf(assembly))
                .bind("document", JSON.writeValueAsString(assembly))
                .bind("origin", JSON.writeValueAsString(Origin.in(context)))
                .then());
    }

    @Override
    public Mono<Assembly> look(CutId cut) {
        return of(cut, "select phase, document::text as document from assembly")
                .map(R2dbcAssemblies::read)
                .one()
                .defaultIfEmpty(Assembly.NEW);
    }

    @Override
    public Flux<CutId> of(long jobId) {
        return database.sql("select cut, rendition from assembly where job_id = :job order by cut, rendition")
                .bind("job", jobId)
                .map(row -> CutId.of(
                        jobId,
                        Objects.requireNonNull(row.get("cut", Integer.class)),
                        Objects.requireNonNull(row.get("rendition", UUID.class))))
                .all();
    }

    @Override
    public Mono<Duration> sinceReady(CutId cut) {
        return of(cut, "select extract(epoch from clock_timestamp() - ready_at) * 1000 as millis from assembly")
                .map(row -> Optional.ofNullable(row.get("millis", Double.class)))
                .one()
                .flatMap(Mono::justOrEmpty)
                .map(millis -> Duration.ofMillis(Math.max(0, Math.round(millis))));
    }

    @Override
    public Mono<Boolean> noteShown(TakeOfCut take) {
        return database.sql("""
            insert into clip_shown (job_id, cut, take_id) values (:job, :cut, :take)
            on conflict do nothing
            """)
                .bind("job", take.cut().jobId())
                .bind("cut", take.cut().cut())
                .bind("take", take.takeId())
                .fetch()
                .rowsUpdated()
                .map(inserted -> inserted > 0);
    }

    @Override
    public Mono<Origin> origin(CutId cut) {
        return of(cut, "select origin::text as origin from assembly")
                .map(row -> JSON.readValue(text(row, "origin"), Origin.class))
                .one();
    }

    private DatabaseClient.GenericExecuteSpec of(CutId cut, String select) {
        return database.sql(select + " where job_id = :job and cut = :cut and rendition = :rendition")
                .bind("job", cut.jobId())
                .bind("cut", cut.cut())
                .bind("rendition", cut.renditionOrNone());
    }

    private static String phaseOf(Assembly assembly) {
        return switch (assembly) {
            case Assembly.Unplanned state -> "unplanned";
            case Assembly.Gathering state -> "gathering";
            case Assembly.Ready state -> "ready";
            case Assembly.Cutting state -> "cutting";
            case Assembly.Published state -> "published";
            case Assembly.Failed state -> "failed";
            case Assembly.Halted state -> "halted";
            case Assembly.Withdrawn state -> "withdrawn";
        };
    }

    private static Assembly read(Readable row) {
        return JSON.readValue(text(row, "document"), stateIn(text(row, "phase")));
    }

    private static Class<? extends Assembly> stateIn(String phase) {
        return switch (phase) {
            case "unplanned" -> Assembly.Unplanned.class;
            case "gathering" -> Assembly.Gathering.class;
            case "ready" -> Assembly.Ready.class;
            case "cutting" -> Assembly.Cutting.class;
            case "published" -> Assembly.Published.class;
            case "failed" -> Assembly.Failed.class;
            case "halted" -> Assembly.Halted.class;
            case "withdrawn" -> Assembly.Withdrawn.class;
            default -> throw new IllegalStateException("An assembly in the unknown phase " + phase);
        };
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }
}
