package io.showreel.gateway.pipeline.postgres;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import io.showreel.gateway.pipeline.Pipeline;
import io.showreel.gateway.pipeline.Pipelines;
import io.showreel.gateway.pipeline.Steps;
import io.showreel.web.WebJson;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code pipeline_configuration}. */
@Repository
class R2dbcPipelines implements Pipelines {

    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    R2dbcPipelines(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    @Override
    public Mono<Pipeline> current() {
        return database.sql("select version, steps, changed_by, inserted_at from pipeline_configuration"
                        + " order by version desc limit 1")
                .map(R2dbcPipelines::pipeline)
                .one()
                .defaultIfEmpty(Pipeline.BUILT_IN);
    }

    @Override
    public Mono<Pipeline> change(String changedBy, UnaryOperator<Steps> change) {
        return database.sql("lock table pipeline_configuration in exclusive mode")
                .then()
                .then(Mono.defer(this::current))
                .flatMap(current -> insert(current.version() + 1, change.apply(current.steps()), changedBy))
                .as(transaction::transactional);
    }

    private Mono<Pipeline> insert(long version, Steps steps, String changedBy) {
        return database.sql("""
                        insert into pipeline_configuration (version, steps, changed_by) values ($1, $2, $3)
                        returning version, steps, changed_by, inserted_at
                        """)
                .bind(0, version)
                .bind(1, Json.of(WebJson.mapper().writeValueAsBytes(steps)))
                .bind(2, changedBy)
                .map(R2dbcPipelines::pipeline)
                .one();
    }

    private static Pipeline pipeline(Readable row) {
        var stored = Objects.requireNonNull(row.get("steps", Json.class), "steps");
        return new Pipeline(
                Objects.requireNonNull(row.get("version", Long.class), "version"),
                // Settings that came since then are as they are built in.
                Steps.BUILT_IN.changed(WebJson.mapper().readValue(stored.asArray(), ObjectNode.class)),
                row.get("changed_by", String.class),
                Objects.requireNonNull(row.get("inserted_at", OffsetDateTime.class), "inserted_at")
                        .toInstant());
    }
}
