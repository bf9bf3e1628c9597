package io.showreel.render.retire;

import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Which takes were given up, and which files are nobody's. Everything joins the caller's transaction. */
@Repository
class RetiredTakes {

    private final DatabaseClient database;

    RetiredTakes(DatabaseClient database) {
        this.database = database;
    }

    Flux<UUID> ofJob(long jobId) {
        return database.sql("select take_id from take where job_id = :job and object is not null")
                .bind("job", jobId)
                .map(row -> Objects.requireNonNull(row.get("take_id", UUID.class)))
                .all();
    }

    /**
     * Keeps every take in its state until the transaction ends. A file is named by its content: somebody who fetches the
     * same bytes finds it there, and keeps no second one, so nobody may begin to while it is looked at and removed.
     */
    Mono<Void> holdStill() {
        return database.sql("lock table take in share mode").then();
    }

    Mono<Boolean> isAnythingFetched() {
        return database.sql("select exists (select from take where state = 'fetching') as fetched")
                .map(row -> Boolean.TRUE.equals(row.get("fetched", Boolean.class)))
                .one();
    }

    Mono<Void> retire(UUID takeId) {
        return database.sql("""
                        insert into retired_take (take_id) select take_id from take where take_id = :take
                        on conflict do nothing
                        """).bind("take", takeId).then();
    }

    /** The take's file, if all takes that have it were given up. */
    Mono<URI> abandonedFile(UUID takeId) {
        return database.sql("""
                        select own.object from take own
                        where own.take_id = :take and own.object is not null and not exists (
                            select from take other
                            where other.object = own.object
                              and not exists (select from retired_take where retired_take.take_id = other.take_id))
                        """)
                .bind("take", takeId)
                .map(row -> URI.create(Objects.requireNonNull(row.get("object", String.class))))
                .one();
    }
}
