package io.showreel.asset.campaign;

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
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** All campaigns. */
@Repository
class Campaigns {

    private static final String COLUMNS = "id, client_id, name, brief::text as brief, goal, status, product_url,"
            + " metadata::text as metadata, inserted_at, updated_at";
    private static final String VISIBLE = "(:visible::uuid[] is null or client_id = any(:visible))";
    private static final String WANTED = VISIBLE + " and (:client_id::uuid is null or client_id = :client_id)"
            + " and (:status::text is null or status = :status)";
    private static final String FIRST_STATUS = "active";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    Campaigns(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    Mono<Campaign> add(CampaignDraft draft) {
        return bindDraft(database.sql("""
                        insert into campaign (client_id, name, brief, goal, status, product_url, metadata)
                        values (:client_id, :name, :brief::json, :goal, :status, :product_url, :metadata::jsonb)
                        returning %s""".formatted(COLUMNS)), draft)
                .map(Campaigns::read)
                .one();
    }

    Mono<Campaign> find(UUID id, Caller caller) {
        return find(id, caller, "");
    }

    Mono<Listed<Campaign>> list(@Nullable UUID client, @Nullable String status, Paging paging, Caller caller) {
        var page = bindWanted(
                        database.sql("select %s from campaign where %s order by id desc limit :limit offset :offset"
                                .formatted(COLUMNS, WANTED)),
                        client,
                        status,
                        caller)
                .bind("limit", paging.limit())
                .bind("offset", paging.offset())
                .map(Campaigns::read)
                .all()
                .collectList();
        var total = bindWanted(
                        database.sql("select count(*) as total from campaign where " + WANTED), client, status, caller)
                .map(row -> Columns.get(row, "total", Long.class))
                .one();
        return page.zipWhen(listed -> total, (listed, count) -> Listed.of(listed, count, paging));
    }

    /** Changes a campaign under its lock; its assets follow it to another client. */
    Mono<Campaign> change(UUID id, Caller caller, UnaryOperator<CampaignDraft> change) {
        return find(id, caller, " for update")
                .flatMap(found -> bindDraft(database.sql("""
                                update campaign set client_id = :client_id, name = :name, brief = :brief::json,
                                    goal = :goal, status = :status, product_url = :product_url,
                                    metadata = :metadata::jsonb, updated_at = now()
                                where id = :id returning %s""".formatted(COLUMNS)), change.apply(found.draft()))
                        .bind("id", id)
                        .map(Campaigns::read)
                        .one())
                .as(transaction::transactional);
    }

    /** Takes a campaign away unless it has jobs; its assets stay with the client. */
    Mono<Boolean> remove(UUID id, Caller caller) {
        return bindVisible(
                        database.sql("delete from campaign where id = :id and " + VISIBLE
                                + " and not exists (select from job where campaign_id = :id and not deleted)"),
                        caller)
                .bind("id", id)
                .fetch()
                .rowsUpdated()
                .map(deleted -> deleted > 0);
    }

    Mono<Boolean> knowsClient(UUID client, Caller caller) {
        return caller.sees(client)
                ? database.sql("select exists (select from client where id = :id) as known")
                        .bind("id", client)
                        .map(row -> Columns.get(row, "known", Boolean.class))
                        .one()
                : Mono.just(false);
    }

    private Mono<Campaign> find(UUID id, Caller caller, String lock) {
        return bindVisible(
                        database.sql(
                                "select %s from campaign where id = :id and %s%s".formatted(COLUMNS, VISIBLE, lock)),
                        caller)
                .bind("id", id)
                .map(Campaigns::read)
                .one();
    }

    private static GenericExecuteSpec bindWanted(
            GenericExecuteSpec statement, @Nullable UUID client, @Nullable String status, Caller caller) {
        var bound = bindVisible(statement, caller);
        bound = bind(bound, "client_id", client, UUID.class);
        return bind(bound, "status", status, String.class);
    }

    private static GenericExecuteSpec bindVisible(GenericExecuteSpec statement, Caller caller) {
        return bind(statement, "visible", caller.visibleClients(), UUID[].class);
    }

    private static GenericExecuteSpec bindDraft(GenericExecuteSpec statement, CampaignDraft draft) {
        var brief = draft.brief();
        var status = draft.status();
        var bound = statement
                .bind("client_id", draft.clientId())
                .bind("name", draft.name())
                .bind("status", status == null ? FIRST_STATUS : status);
        bound = bind(bound, "brief", brief == null || brief.isNull() ? null : brief.toString(), String.class);
        bound = bind(bound, "goal", draft.goal(), String.class);
        bound = bind(bound, "product_url", draft.productUrl(), String.class);
        return bindObject(bound, "metadata", draft.metadata());
    }

    private static Campaign read(Readable row) {
        return new Campaign(
                Columns.get(row, "id", UUID.class),
                Columns.get(row, "client_id", UUID.class),
                Columns.get(row, "name", String.class),
                Columns.json(row, "brief"),
                row.get("goal", String.class),
                Columns.get(row, "status", String.class),
                row.get("product_url", String.class),
                Columns.object(row, "metadata"),
                Columns.get(row, "inserted_at", Instant.class),
                Columns.get(row, "updated_at", Instant.class));
    }
}
