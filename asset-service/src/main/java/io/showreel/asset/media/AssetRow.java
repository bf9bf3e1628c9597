package io.showreel.asset.media;

import io.showreel.web.WebJson;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is written of a new asset. Many travel as one JSON text, so that a hundred cost the database one statement and
 * one wait for its disk, as one does.
 */
record AssetRow(
        String type,
        String name,
        @Nullable String description,
        List<String> tags,
        @Nullable UUID clientId,
        @Nullable UUID campaignId,
        @Nullable String sourceUrl,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable BigDecimal duration,
        long size,
        String contentType,
        String sha256,
        URI object,
        @Nullable URI thumbnail,
        @Nullable Long thumbnailSize,
        boolean thumbnailDue,
        ObjectNode metadata) {

    /** The fields in the database's words; as a list of columns and their types. */
    static final String COLUMNS = "type, name, description, tags, client_id, campaign_id, source_url, width, height,"
            + " duration, size, content_type, sha256, object, thumbnail, thumbnail_size, thumbnail_due, metadata";

    static final String TYPES = "type text, name text, description text, tags text[], client_id uuid, campaign_id uuid,"
            + " source_url text, width integer, height integer, duration numeric, size bigint, content_type text,"
            + " sha256 text, object text, thumbnail text, thumbnail_size bigint, thumbnail_due boolean, metadata jsonb";

    static AssetRow of(Kept kept) {
        var upload = kept.upload();
        var draft = upload.draft();
        var file = upload.file();
        var dimensions = kept.dimensions();
        var thumbnail = kept.thumbnail();
        var metadata = draft.metadata();
        return new AssetRow(
                file.format().type().name().toLowerCase(Locale.ROOT),
                draft.name(),
                draft.description(),
                List.of(draft.tagArray()),
                draft.clientId(),
                draft.campaignId(),
                upload.sourceUrl(),
                dimensions == null ? null : dimensions.width(),
                dimensions == null ? null : dimensions.height(),
                kept.duration(),
                file.size(),
                file.format().contentType(),
                file.sha256(),
                kept.object(),
                thumbnail == null ? null : thumbnail.object(),
                thumbnail == null ? null : thumbnail.size(),
                kept.thumbnailDue(),
                metadata == null ? WebJson.mapper().createObjectNode() : metadata);
    }

    static String json(List<Kept> kept) {
        return WebJson.mapper()
                .writeValueAsString(kept.stream().map(AssetRow::of).toList());
    }
}
