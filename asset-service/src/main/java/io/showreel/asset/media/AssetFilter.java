package io.showreel.asset.media;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which assets are asked for; null doesn't narrow. */
record AssetFilter(
        @Nullable UUID campaign,
        @Nullable UUID client,
        @Nullable AssetType type,
        @Nullable String tag) {}
