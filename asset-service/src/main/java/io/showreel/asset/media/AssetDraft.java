package io.showreel.asset.media;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What people may say about an asset. */
record AssetDraft(
        @NotBlank @Size(max = 255) String name,
        @Size(max = 10_000) @Nullable String description,
        @Size(max = 100) @Nullable List<@NotNull(message = "must be a text") @NotBlank @Size(max = 100) String> tags,
        @Nullable UUID clientId,
        @Nullable UUID campaignId,
        @Nullable ObjectNode metadata) {

    AssetDraft ownedBy(UUID client) {
        return new AssetDraft(name, description, tags, client, campaignId, metadata);
    }

    String[] tagArray() {
        return tags == null ? new String[0] : tags.stream().distinct().toArray(String[]::new);
    }
}
