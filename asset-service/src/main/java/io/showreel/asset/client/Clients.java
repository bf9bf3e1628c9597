package io.showreel.asset.client;

import static io.showreel.asset.Columns.bind;
import static io.showreel.asset.Columns.bindObject;

import io.r2dbc.spi.Readable;
import io.showreel.asset.Caller;
import io.showreel.asset.Columns;
import io.showreel.web.Listed;
import io.showreel.web.Paging;
import java.time.Instant;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** All clients. */
@Repository
class Clients {

    private static final String COLUMNS =
            "id, name, description, homepage, brand_guidelines, metadata::text as metadata, inserted_at, updated_at";
    private static final String VISIBLE = "(:visible::uuid[] is null or id = any(:visible))";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    Clients(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    Mono<Client> add(ClientDraft draft) {
        return bindDraft(database.sql("""
                        insert into client (name, description, homepage, brand_guidelines, metadata)
                        values (:name, :description, :homepage, :brand_guidelines, :metadata::jsonb)
                        returning %s""".formatted(COLUMNS)), draft)
                .map(Clients::read)
                .one();
    }

    Mono<Client> find(UUID id, Caller caller) {
        return find(id, caller, "");
    }

    Mono<Listed<Client>> list(Paging paging, Caller caller) {
        var page = bindVisible(
                        database.sql("select %s from client where %s order by id desc limit :limit offset :offset"
                                .formatted(COLUMNS, VISIBLE)),
                        caller)
                .bind("limit", paging.limit())
                .bind("offset", paging.offset())
                .map(Clients::read)
                .all()
                .collectList();
        var total = bindVisible(database.sql("select count(*) as total from client where " + VISIBLE), caller)
                .map(row -> Columns.get(row, "total", Long.class))
                .one();
        return page.zipWhen(listed -> total, (listed, count) -> Listed.of(listed, count, paging));
    }

    /** Changes a client under its lock, so that two people who change different fields both succeed. */
    Mono<Client> change(UUID id, Caller caller, UnaryOperator<ClientDraft> change) {
        return find(id, caller, " for update")
                .flatMap(found -> bindDraft(database.sql("""
                                update client set name = :name, description = :description, homepage = :homepage,
                                    brand_guidelines = :brand_guidelines, metadata = :metadata::jsonb,
                                    updated_at = now()
                                where id = :id returning %s""".formatted(COLUMNS)), change.apply(found.draft()))
                        .bind("id", id)
                        .map(Clients::read)
                        .one())
                .as(transaction::transactional);
    }

    /** Takes a client away with the assets that are nobody else's; fails while campaigns refer to it. */
    Mono<Boolean> remove(UUID id, Caller caller) {
        return find(id, caller, " for update")
                .flatMap(found -> database.sql("""
                                update asset set deleted_at = coalesce(deleted_at, now())
                                where client_id = :id and campaign_id is null""")
                        .bind("id", id)
                        .then()
                        .then(database.sql("delete from client where id = :id")
                                .bind("id", id)
                                .fetch()
                                .rowsUpdated()))
                .map(deleted -> deleted > 0)
                .defaultIfEmpty(false)
                .as(transaction::transactional);
    }

    private Mono<Client> find(UUID id, Caller caller, String lock) {
        return bindVisible(
                        database.sql("select %s from client where id = :id and %s%s".formatted(COLUMNS, VISIBLE, lock)),
                        caller)
                .bind("id", id)
                .map(Clients::read)
                .one();
    }

    private static GenericExecuteSpec bindVisible(GenericExecuteSpec statement, Caller caller) {
        return bind(statement, "visible", caller.visibleClients(), UUID[].class);
    }

    private static GenericExecuteSpec bindDraft(GenericExecuteSpec statement, ClientDraft draft) {
        var bound = statement.bind("name", draft.name());
        bound = bind(bound, "description", draft.description(), String.class);
        bound = bind(bound, "homepage", draft.homepage(), String.class);
        bound = bind(bound, "brand_guidelines", draft.brandGuidelines(), String.class);
        return bindObject(bound, "metadata", draft.metadata());
    }

    private static Client read(Readable row) {
        return new Client(
                Columns.get(row, "id", UUID.class),
                Columns.get(row, "name", String.class),
                row.get("description", String.class),
                row.get("homepage", String.class),
                row.get("brand_guidelines", String.class),
                Columns.object(row, "metadata"),
                Columns.get(row, "inserted_at", Instant.class),
                Columns.get(row, "updated_at", Instant.class));
    }
}
