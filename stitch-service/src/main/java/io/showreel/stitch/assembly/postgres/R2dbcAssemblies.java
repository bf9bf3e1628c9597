package io.showreel.stitch.assembly.postgres;

import io.r2dbc.spi.Readable;
import io.showreel.messaging.Origin;
import io.showreel.messaging.WireJson;
import io.showreel.stitch.assembly.Assemblies;
import io.showreel.stitch.assembly.Assembly;
import io.showreel.stitch.assembly.CutId;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
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
                        insert into assembly (job_id, cut, phase, document)
                        values (:job, :cut, :phase, cast(:document as jsonb))
                        on conflict (job_id, cut) do update set job_id = excluded.job_id
                        returning phase, document::text as document
                        """)
                .bind("job", cut.jobId())
                .bind("cut", cut.cut())
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
                            changed_at = now()
                        where job_id = :job and cut = :cut
                        """)
                .bind("job", cut.jobId())
                .bind("cut", cut.cut())
                .bind("phase", phaseOf(assembly))
                .bind("document", JSON.writeValueAsString(assembly))
                .bind("origin", JSON.writeValueAsString(Origin.in(context)))
                .then());
    }

    @Override
    public Mono<Origin> origin(CutId cut) {
        return database.sql("select origin::text as origin from assembly where job_id = :job and cut = :cut")
                .bind("job", cut.jobId())
                .bind("cut", cut.cut())
                .map(row -> JSON.readValue(text(row, "origin"), Origin.class))
                .one();
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
