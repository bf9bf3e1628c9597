package io.showreel.asset.media;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What looking at a file brought to light.
 *
 * @param dimensions as people see it; none of audio
 * @param duration in seconds; none of images
 * @param thumbnail a JPEG in a temporary file, deleted on closing; none of audio
 * @param thumbnailDue whether one is still to be made, when nobody waits for it
 */
record Inspected(
        @Nullable Dimensions dimensions,
        @Nullable BigDecimal duration,
        @Nullable Path thumbnail,
        boolean thumbnailDue) implements AutoCloseable {

    Inspected(@Nullable Dimensions dimensions, @Nullable BigDecimal duration, @Nullable Path thumbnail) {
        this(dimensions, duration, thumbnail, false);
    }

    @Override
    public void close() throws IOException {
        if (thumbnail != null) {
            Files.deleteIfExists(thumbnail);
        }
    }
}
