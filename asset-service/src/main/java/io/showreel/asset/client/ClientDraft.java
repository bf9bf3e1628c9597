package io.showreel.asset.client;

import io.showreel.asset.WebAddress;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What people may say about a client. */
record ClientDraft(
        @NotBlank @Size(max = 255) String name,
        @Size(max = 10_000) @Nullable String description,
        @WebAddress @Nullable String homepage,
        @Size(max = 20_000) @Nullable String brandGuidelines,
        @Nullable ObjectNode metadata) {}
