package io.showreel.asset.sweep;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Objects that are marked to go. An object is named by its bytes, so somebody may be keeping the same bytes again while
 * a sweep finds that nobody needs them: who keeps takes the mark off before looking whether the object is there, and who
 * removes holds the mark's row meanwhile. Either the object is seen and stays, or it is gone and kept anew.
 */
@Repository
public class DoomedObjects {

    /** What {@link #spare} does, for who has to ask something else at the same time; {@code hashes} is an array. */
    public static final String SPARE = "delete from doomed_object where sha256 = any(:hashes)";

    private static final String UNUSED = """
             not exists (select from asset where asset.object = %1$s)
            and not exists (select from asset where asset.thumbnail = %1$s)""";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    DoomedObjects(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /** To be called before the objects of such bytes are looked for. */
    public Mono<Void> spare(List<String> hashes) {
        return database.sql(SPARE).bind("hashes", hashes.toArray(String[]::new)).then();
    }

    /** Those that no asset refers to. */
    Mono<List<URI>> unused(List<URI> objects) {
        return database.sql("select listed.object from unnest(:objects::text[]) as listed (object) where"
                        + UNUSED.formatted("listed.object"))
                .bind("objects", objects.stream().map(URI::toString).toArray(String[]::new))
                .mapValue(String.class)
                .all()
                .map(URI::create)
                .collectList();
    }

    Mono<Void> doom(URI object) {
        return database.sql(
                        "insert into doomed_object (object, sha256) values (:object, :sha256) on conflict do nothing")
                .bind("object", object.toString())
                .bind("sha256", sha256Of(object))
                .then();
    }

    Mono<List<URI>> doomedFor(Duration grace) {
        return database.sql("select object from doomed_object where since <= now() - :grace::interval order by since")
                .bind("grace", grace.toMillis() + " milliseconds")
                .mapValue(String.class)
                .all()
                .map(URI::create)
                .collectList();
    }

    /** Removes an object unless its mark was taken off or an asset refers to it by now; the mark goes in any case. */
    Mono<Boolean> remove(URI object, Runnable removal) {
        return database.sql("delete from doomed_object where object = :object returning" + UNUSED.formatted(":object")
                        + " as unused")
                .bind("object", object.toString())
                .mapValue(Boolean.class)
                .one()
                .filter(unused -> unused)
                .flatMap(unused -> Mono.fromRunnable(removal)
                        .subscribeOn(Schedulers.boundedElastic())
                        .thenReturn(true))
                .defaultIfEmpty(false)
                .as(transaction::transactional);
    }

    /** Rows of assets that were deleted so long ago, and that no job uses; their objects are without owner then. */
    Mono<Long> forgetDeleted(Duration keep) {
        return database.sql("""
                        delete from asset
                        where deleted_at <= now() - :keep::interval
                          and not exists (select from asset_use where asset_id = asset.id)""")
                .bind("keep", keep.toMillis() + " milliseconds")
                .fetch()
                .rowsUpdated();
    }

    private static String sha256Of(URI object) {
        var name = object.getPath().substring(object.getPath().lastIndexOf('/') + 1);
        var dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
