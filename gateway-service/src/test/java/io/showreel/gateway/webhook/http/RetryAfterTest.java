package io.showreel.gateway.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void seconds_are_seconds() {
        assertThat(RetryAfter.from("120", NOW)).isEqualTo(Duration.ofSeconds(120));
        assertThat(RetryAfter.from("0", NOW)).isZero();
    }

    /** A recipient has to understand all three (RFC 9110, section 5.6.7). */
    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 22 Nov 2026 12:01:00 GMT", "Sunday, 22-Nov-26 12:01:00 GMT", "Sun Nov 22 12:01:00 2026"})
    void a_date_is_the_time_until_then(String date) {
        assertThat(RetryAfter.from(date, NOW)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void a_date_that_has_passed_asks_for_nothing_more() {
        assertThat(RetryAfter.from("Sun, 22 Nov 2026 11:59:30 GMT", NOW)).isNegative();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "soon", "-5", "1.5", "9999999999", "Sun, 36 Nov 2026 12:01:00 GMT"})
    void what_can_not_be_understood_asks_for_nothing(String header) {
        assertThat(RetryAfter.from(header, NOW)).isNull();
    }
}
