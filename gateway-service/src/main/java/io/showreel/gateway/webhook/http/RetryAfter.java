package io.showreel.gateway.webhook.http;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** How long a receiver asks to be left alone, in seconds or until a date (RFC 9110, section 10.2.3). */
final class RetryAfter {

    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    /**
     * @param header as the receiver wrote it; null if it did not
     * @return negative for a date that has passed; null if nothing was said, or nothing that can be understood
     */
    static @Nullable Duration from(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        if (header.matches("\\d{1," + MOST_DIGITS + "}")) {
            return Duration.ofSeconds(Long.parseLong(header));
        }
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, header);
        try {
            var until = headers.getFirstZonedDateTime(HttpHeaders.RETRY_AFTER);
            return until == null ? null : Duration.between(now, until.toInstant());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
