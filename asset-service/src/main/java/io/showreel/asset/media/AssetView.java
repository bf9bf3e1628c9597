package io.showreel.asset.media;

import io.showreel.web.MediaLinks;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An asset as the API shows it. */
record AssetView(
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
        ObjectNode metadata,
        String url,
        @Nullable String thumbnailUrl,
        Instant insertedAt,
        Instant updatedAt) {

    static AssetView of(Asset asset, MediaLinks links) {
        return new AssetView(
                asset.id(),
                asset.type(),
                asset.name(),
                asset.description(),
                asset.tags(),
                asset.clientId(),
                asset.campaignId(),
                asset.sourceUrl(),
                asset.width(),
                asset.height(),
                asset.duration(),
                asset.size(),
                asset.contentType(),
                asset.sha256(),
                asset.metadata(),
                links.link("/api/v3/assets/" + asset.id() + "/data", asset.version()),
                asset.hasThumbnail()
                        ? links.link("/api/v3/assets/" + asset.id() + "/thumbnail", asset.version())
                        : null,
                asset.insertedAt(),
                asset.updatedAt());
    }
}
