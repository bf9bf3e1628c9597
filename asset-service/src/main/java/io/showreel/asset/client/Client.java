package io.showreel.asset.client;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Whom films are made for, as the API shows it. */
record Client(
        UUID id,
        String name,
        @Nullable String description,
        @Nullable String homepage,
        @Nullable String brandGuidelines,
        ObjectNode metadata,
        Instant insertedAt,
        Instant updatedAt) {

    ClientDraft draft() {
        return new ClientDraft(name, description, homepage, brandGuidelines, metadata);
    }
}
