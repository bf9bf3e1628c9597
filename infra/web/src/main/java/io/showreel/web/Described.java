package io.showreel.web;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is told about media before its bytes.
 *
 * @param etag a strong one, without quotes: the sha256 of the bytes, or what else changes with them
 * @param lastModified when these bytes were put there
 * @param size how many bytes there are
 * @param contentType as the bytes themselves say, never as somebody declared
 * @param fileName offered for saving; may hold anything, it is made harmless
 * @param cacheControl how long the answer may be kept, see {@link MediaLinks#cacheControl}
 */
public record Described(
        String etag,
        Instant lastModified,
        long size,
        String contentType,
        @Nullable String fileName,
        String cacheControl) {

    public Described {
        // HTTP dates know whole seconds only; comparing finer ones would never find them equal.
        lastModified = lastModified.truncatedTo(ChronoUnit.SECONDS);
    }

    String quotedEtag() {
        return '"' + etag + '"';
    }
}
