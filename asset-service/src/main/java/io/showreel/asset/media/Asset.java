package io.showreel.asset.media;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A photo, a video or a piece of audio, and where its bytes are kept.
 *
 * @param thumbnailDue whether its thumbnail is made when somebody asks for it, or later
 */
record Asset(
        UUID id,
        AssetType type,
        String name,
        @Nullable String description,
        List<String> tags,
        UUID clientId,
        @Nullable UUID campaignId,
        @Nullable String sourceUrl,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable BigDecimal duration,
        long size,
        String contentType,
        String sha256,
        URI object,
        @Nullable Thumbnail thumbnail,
        boolean thumbnailDue,
        ObjectNode metadata,
        Instant insertedAt,
        Instant updatedAt) {

    private static final int VERSION_LENGTH = 16;

    /** What names these bytes in links. */
    String version() {
        return sha256.substring(0, VERSION_LENGTH);
    }

    /** Whether a link that names these bytes, if any, means this asset's; its thumbnail follows from them. */
    boolean isVersion(@Nullable String named) {
        return named == null || named.equals(version()) || named.equals(sha256);
    }

    boolean hasThumbnail() {
        return thumbnail != null || thumbnailDue;
    }

    AssetDraft draft() {
        return new AssetDraft(name, description, tags, clientId, campaignId, metadata);
    }
}
