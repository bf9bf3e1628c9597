package io.showreel.asset.candidate;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everything that is needed to choose scenes for a campaign. */
record Candidates(CampaignInBrief campaign, ClientInBrief client, List<Photo> photos) {

    /** The brief is a text; a structured one is its JSON. */
    record CampaignInBrief(
            UUID id,
            UUID clientId,
            String name,
            @Nullable String brief,
            @Nullable String goal) {}

    /** Whose campaign it is. */
    record ClientInBrief(UUID id, String name, @Nullable String brandGuidelines) {}

    /** A live image; its dimensions are those that people see. */
    record Photo(
            UUID assetId,
            String name,
            List<String> tags,
            @Nullable String description,
            URI object,
            @Nullable Integer width,
            @Nullable Integer height) {}
}
