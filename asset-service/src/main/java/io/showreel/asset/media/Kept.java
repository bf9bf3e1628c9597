package io.showreel.asset.media;

import java.math.BigDecimal;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A file whose bytes are in the object store, and all that is known about it.
 *
 * @param thumbnailDue whether its thumbnail is still to be made
 */
record Kept(
        Upload upload,
        @Nullable Dimensions dimensions,
        @Nullable BigDecimal duration,
        URI object,
        @Nullable Thumbnail thumbnail,
        boolean thumbnailDue) {}
