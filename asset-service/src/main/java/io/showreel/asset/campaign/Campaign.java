package io.showreel.asset.campaign;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What films are made about, as the API shows it. The brief is a text, or an object kept as it is. */
record Campaign(
        UUID id,
        UUID clientId,
        String name,
        @Nullable JsonNode brief,
        @Nullable String goal,
        String status,
        @Nullable String productUrl,
        ObjectNode metadata,
        Instant insertedAt,
        Instant updatedAt) {

    CampaignDraft draft() {
        return new CampaignDraft(clientId, name, brief, goal, status, productUrl, metadata);
    }
}
