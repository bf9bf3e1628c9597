package io.showreel.stitch.filmstore;

import io.showreel.messaging.LeasedWork;
import io.showreel.stitch.assembly.Claims;
import io.showreel.stitch.assembly.CutId;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Claims as rows; a name is locked while its claims are looked at or added to. */
@Repository
class R2dbcClaims implements Claims {

    private static final String RELEASE =
            "delete from object_claim where job_id = :job and cut = :cut and rendition = :rendition";

    private final DatabaseClient database;
    private final LeasedWork work;

    R2dbcClaims(DatabaseClient database, LeasedWork work) {
        this.database = database;
        this.work = work;
    }

    @Override
    public Mono<Void> claim(CutId cut, Collection<String> names) {
        return Flux.fromStream(names.stream().sorted())
                .concatMap(name -> lock(name)
                        .then(database.sql("""
                            insert into object_claim (name, job_id, cut, rendition)
                            values (:name, :job, :cut, :rendition)
                            on conflict do nothing
                            """)
                                .bind("name", name)
                                .bind("job", cut.jobId())
                                .bind("cut", cut.cut())
                                .bind("rendition", cut.renditionOrNone())
                                .then()))
                .then();
    }

    @Override
    public Mono<Void> releaseFilmsBut(CutId cut, Collection<String> names) {
        return release(
                cut,
                database.sql(RELEASE + " and name <> all (:names) and name not like all (:reels) returning name")
                        .bind("names", names.toArray(String[]::new))
                        .bind(
                                "reels",
                                FilmStore.REELS.stream()
                                        .map(prefix -> prefix + "/%")
                                        .toArray(String[]::new)));
    }

    @Override
    public Mono<Void> releaseAll(CutId cut) {
        return release(cut, database.sql(RELEASE + " returning name"));
    }

    private Mono<Void> release(CutId cut, DatabaseClient.GenericExecuteSpec statement) {
        return statement
                .bind("job", cut.jobId())
                .bind("cut", cut.cut())
                .bind("rendition", cut.renditionOrNone())
                .map(row -> Objects.requireNonNull(row.get("name", String.class)))
                .all()
                .collectList()
                .flatMap(this::recheck);
    }

    @Override
    public Mono<Void> recheck(Collection<String> names) {
        return Flux.fromStream(names.stream().sorted())
                .concatMap(name -> work.schedule(DiscardObjects.QUEUE, name, Instant.now()))
                .then();
    }

    @Override
    public Mono<Boolean> isClaimed(String name) {
        return lock(name)
                .then(database.sql("select exists (select from object_claim where name = :name)")
                        .bind("name", name)
                        .map(row -> Objects.requireNonNull(row.get(0, Boolean.class)))
                        .one());
    }

    private Mono<Void> lock(String name) {
        return database.sql("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .bind("name", name)
                .fetch()
                .rowsUpdated()
                .then();
    }
}
