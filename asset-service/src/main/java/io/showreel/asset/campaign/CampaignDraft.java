package io.showreel.asset.campaign;

import io.showreel.asset.WebAddress;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What people may say about a campaign. */
record CampaignDraft(
        @NotNull(message = "is required") UUID clientId,
        @NotBlank @Size(max = 255) String name,
        @TextOrObject @Nullable JsonNode brief,
        @Size(max = 10_000) @Nullable String goal,

        @Pattern(regexp = "[a-z][a-z0-9_]{0,49}", message = "must be a snake_case word") @Nullable
        String status,

        @WebAddress @Nullable String productUrl,
        @Nullable ObjectNode metadata) {}
