package io.showreel.asset.media;

import static io.showreel.asset.Columns.bind;
import static io.showreel.asset.Columns.bindObject;

import io.r2dbc.spi.Readable;
import io.showreel.asset.Caller;
import io.showreel.asset.Columns;
import io.showreel.asset.sweep.DoomedObjects;
import io.showreel.web.ApiException;
import io.showreel.web.Listed;
import io.showreel.web.Paging;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All assets that aren't deleted. */
@Repository
class Assets {

    private static final String COLUMNS =
            "id, type, name, description, tags, client_id, campaign_id, source_url, width,"
                    + " height, duration, size, content_type, sha256, object, thumbnail, thumbnail_size, thumbnail_due,"
                    + " metadata::text as metadata, inserted_at, updated_at";
    private static final String VISIBLE =
            "deleted_at is null and (:visible::uuid[] is null or client_id = any(:visible))";
    private static final String WANTED = VISIBLE
            + " and (:campaign_id::uuid is null or campaign_id = :campaign_id)"
            + " and (:client_id::uuid is null or client_id = :client_id)"
            + " and (:type::text is null or type = :type)"
            + " and (:tag::text is null or tags @> array[:tag::text])";

    private static final String OWNER = """
            select (select client_id from campaign where id = :campaign) as owner,
                exists (select from client where id = :client) as known""";
    private static final String SPARE_AND_OWNER = "with spared as (" + DoomedObjects.SPARE + ") " + OWNER;
    private static final String ADD = """
            insert into asset (%s)
            select %s from rows from (jsonb_to_recordset(:rows::jsonb) as (%s)) with ordinality
            order by ordinality
            returning %s""".formatted(AssetRow.COLUMNS, AssetRow.COLUMNS, AssetRow.TYPES, COLUMNS);

    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    Assets(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /** Fills in the client from the campaign; refuses owners that aren't there or don't belong together. */
    Mono<AssetDraft> withOwner(AssetDraft draft, Caller caller) {
        return claim(draft, caller, List.of());
    }

    /**
     * The same for somebody who is about to keep the bytes of such hashes: in one question, which
     * {@linkplain DoomedObjects#SPARE spares} their objects as well.
     */
    Mono<AssetDraft> claim(AssetDraft draft, Caller caller, List<String> hashes) {
        var statement = database.sql(hashes.isEmpty() ? OWNER : SPARE_AND_OWNER);
        statement = bind(statement, "campaign", draft.campaignId(), UUID.class);
        statement = bind(statement, "client", draft.clientId(), UUID.class);
        if (!hashes.isEmpty()) {
            statement = statement.bind("hashes", hashes.toArray(String[]::new));
        }
        return statement
                .map(row -> new Owner(row.get("owner", UUID.class), Columns.get(row, "known", Boolean.class)))
                .one()
                .map(found -> ownedBy(draft, found, caller));
    }

    /**
     * @param ofCampaign the client of the named campaign; null if there is no such campaign
     * @param known whether there is the named client
     */
    private record Owner(@Nullable UUID ofCampaign, boolean known) {}

    private static AssetDraft ownedBy(AssetDraft draft, Owner found, Caller caller) {
        var owner = found.ofCampaign();
        var client = draft.clientId();
        if (draft.campaignId() != null) {
            if (owner == null || !caller.sees(owner)) {
                throw ApiException.invalid("campaign_id", "there is no such campaign");
            }
            if (client != null && !client.equals(owner)) {
                throw ApiException.invalid("client_id", "is not the campaign's client");
            }
            return draft.ownedBy(owner);
        }
        if (client == null) {
            throw ApiException.invalid("campaign_id", "is required, or client_id instead");
        }
        if (!found.known() || !caller.sees(client)) {
            throw ApiException.invalid("client_id", "there is no such client");
        }
        return draft;
    }

    Mono<Asset> add(Kept kept) {
        return addAll(List.of(kept)).map(List::getFirst);
    }

    /** All or none, in their order. */
    Mono<List<Asset>> addAll(List<Kept> kept) {
        return database.sql(ADD)
                .bind("rows", AssetRow.json(kept))
                .map(Assets::read)
                .all()
                .collectList()
                .onErrorMap(DataIntegrityViolationException.class, gone -> ownerIsGone());
    }

    Mono<Asset> find(UUID id, Caller caller) {
        return find(id, caller, "");
    }

    /**
     * The oldest whose thumbnail is to be made.
     *
     * @param quiet none while anything was uploaded so recently
     * @param longest but those that have waited for longer than that all the same
     */
    Flux<Asset> withThumbnailDue(Duration quiet, Duration longest, int most) {
        return database.sql("""
                        select %s from asset
                        where thumbnail_due and deleted_at is null
                          and (inserted_at <= now() - :longest::interval
                               or (select inserted_at from asset order by id desc limit 1) <= now() - :quiet::interval)
                        order by id limit :most""".formatted(COLUMNS))
                .bind("quiet", quiet.toMillis() + " milliseconds")
                .bind("longest", longest.toMillis() + " milliseconds")
                .bind("most", most)
                .map(Assets::read)
                .all();
    }

    /** @param thumbnail null if none can be made */
    Mono<Void> settleThumbnail(UUID id, @Nullable Thumbnail thumbnail) {
        var statement = database.sql("""
                        update asset set thumbnail = :thumbnail, thumbnail_size = :size, thumbnail_due = false
                        where id = :id and thumbnail_due""").bind("id", id);
        statement = bind(
                statement,
                "thumbnail",
                thumbnail == null ? null : thumbnail.object().toString(),
                String.class);
        return bind(statement, "size", thumbnail == null ? null : thumbnail.size(), Long.class)
                .then();
    }

    Mono<Listed<Asset>> list(AssetFilter filter, Paging paging, Caller caller) {
        var page = bindWanted(
                        database.sql("select %s from asset where %s order by id desc limit :limit offset :offset"
                                .formatted(COLUMNS, WANTED)),
                        filter,
                        caller)
                .bind("limit", paging.limit())
                .bind("offset", paging.offset())
                .map(Assets::read)
                .all()
                .collectList();
        var total = bindWanted(database.sql("select count(*) as total from asset where " + WANTED), filter, caller)
                .map(row -> Columns.get(row, "total", Long.class))
                .one();
        return page.zipWhen(listed -> total, (listed, count) -> Listed.of(listed, count, paging));
    }

    Mono<Asset> change(UUID id, Caller caller, UnaryOperator<AssetDraft> change) {
        return find(id, caller, " for update")
                .flatMap(found -> Mono.fromCallable(() -> change.apply(found.draft()))
                        .flatMap(changed -> withOwner(changed, caller)))
                .flatMap(changed -> bindDraft(database.sql("""
                                update asset set name = :name, description = :description, tags = :tags,
                                    client_id = :client_id, campaign_id = :campaign_id, metadata = :metadata::jsonb,
                                    updated_at = now()
                                where id = :id returning %s""".formatted(COLUMNS)), changed)
                        .bind("id", id)
                        .map(Assets::read)
                        .one())
                .onErrorMap(DataIntegrityViolationException.class, gone -> ownerIsGone())
                .as(transaction::transactional);
    }

    /** Hides an asset at once; its object stays, since films may be made of it. */
    Mono<Boolean> hide(UUID id, Caller caller) {
        return bindVisible(database.sql("update asset set deleted_at = now() where id = :id and " + VISIBLE), caller)
                .bind("id", id)
                .fetch()
                .rowsUpdated()
                .map(hidden -> hidden > 0);
    }

    Mono<Boolean> knowsCampaign(UUID campaign, Caller caller) {
        return clientOf(campaign).map(caller::sees).defaultIfEmpty(false);
    }

    private Mono<UUID> clientOf(UUID campaign) {
        return database.sql("select client_id from campaign where id = :id")
                .bind("id", campaign)
                .map(row -> Columns.get(row, "client_id", UUID.class))
                .one();
    }

    private Mono<Asset> find(UUID id, Caller caller, String lock) {
        return bindVisible(
                        database.sql("select %s from asset where id = :id and %s%s".formatted(COLUMNS, VISIBLE, lock)),
                        caller)
                .bind("id", id)
                .map(Assets::read)
                .one();
    }

    private static GenericExecuteSpec bindWanted(GenericExecuteSpec statement, AssetFilter filter, Caller caller) {
        var type = filter.type();
        var bound = bindVisible(statement, caller);
        bound = bind(bound, "campaign_id", filter.campaign(), UUID.class);
        bound = bind(bound, "client_id", filter.client(), UUID.class);
        bound = bind(bound, "type", type == null ? null : nameOf(type), String.class);
        return bind(bound, "tag", filter.tag(), String.class);
    }

    private static GenericExecuteSpec bindVisible(GenericExecuteSpec statement, Caller caller) {
        return bind(statement, "visible", caller.visibleClients(), UUID[].class);
    }

    private static GenericExecuteSpec bindDraft(GenericExecuteSpec statement, AssetDraft draft) {
        var bound = statement.bind("name", draft.name()).bind("tags", draft.tagArray());
        bound = bind(bound, "description", draft.description(), String.class);
        bound = bind(bound, "client_id", draft.clientId(), UUID.class);
        bound = bind(bound, "campaign_id", draft.campaignId(), UUID.class);
        return bindObject(bound, "metadata", draft.metadata());
    }

    private static Asset read(Readable row) {
        return new Asset(
                Columns.get(row, "id", UUID.class),
                AssetType.valueOf(Columns.get(row, "type", String.class).toUpperCase(Locale.ROOT)),
                Columns.get(row, "name", String.class),
                row.get("description", String.class),
                List.of(Columns.get(row, "tags", String[].class)),
                Columns.get(row, "client_id", UUID.class),
                row.get("campaign_id", UUID.class),
                row.get("source_url", String.class),
                row.get("width", Integer.class),
                row.get("height", Integer.class),
                row.get("duration", BigDecimal.class),
                Columns.get(row, "size", Long.class),
                Columns.get(row, "content_type", String.class),
                Columns.get(row, "sha256", String.class),
                URI.create(Columns.get(row, "object", String.class)),
                readThumbnail(row),
                Columns.get(row, "thumbnail_due", Boolean.class),
                Columns.object(row, "metadata"),
                Columns.get(row, "inserted_at", Instant.class),
                Columns.get(row, "updated_at", Instant.class));
    }

    private static @Nullable Thumbnail readThumbnail(Readable row) {
        var object = row.get("thumbnail", String.class);
        return object == null
                ? null
                : new Thumbnail(URI.create(object), Columns.get(row, "thumbnail_size", Long.class));
    }

    private static String nameOf(AssetType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static ApiException ownerIsGone() {
        return ApiException.invalid("campaign_id", "its campaign or client was deleted meanwhile");
    }
}
