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
 */
record Inspected(
        @Nullable Dimensions dimensions,
        @Nullable BigDecimal duration,
        @Nullable Path thumbnail) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        if (thumbnail != null) {
            Files.deleteIfExists(thumbnail);
        }
    }
}
