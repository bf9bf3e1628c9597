package io.showreel.gateway.job.postgres;

import io.showreel.gateway.job.clock.Unsent;
import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/** Looks at the outbox's oldest message; the relay deletes what it has sent. */
@Repository
class R2dbcUnsent implements Unsent {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DatabaseClient database;

    R2dbcUnsent(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public boolean isStuck() {
        return database.sql(
                        "select created_at < now() - interval '5 seconds' as stuck from outbox order by seq limit 1")
                .map(row -> Boolean.TRUE.equals(row.get("stuck", Boolean.class)))
                .one()
                .blockOptional(PATIENCE)
                .orElse(false);
    }
}
