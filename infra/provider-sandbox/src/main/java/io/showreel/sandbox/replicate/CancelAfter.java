package io.showreel.sandbox.replicate;

import io.showreel.sandbox.http.Refusal;
import io.showreel.sandbox.model.Violation;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header that gives a prediction a deadline: {@code 30}, {@code 30s}, {@code 5m}, {@code 1h30m45s}. */
final class CancelAfter {
    private static final Pattern FORM = Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s?)?");
    private static final Duration LEAST = Duration.ofSeconds(5);
    private static final Duration MOST = Duration.ofHours(24);

    private CancelAfter() {}

    static Duration parse(String text) {
        var matcher = FORM.matcher(text.trim());
        if (text.isBlank() || !matcher.matches()) {
            throw invalid("Cancel-After must be a duration such as 30s, 5m or 1h30m45s");
        }
        var duration = Duration.ofHours(number(matcher.group(1)))
                .plusMinutes(number(matcher.group(2)))
                .plusSeconds(number(matcher.group(3)));
        if (duration.compareTo(LEAST) < 0 || duration.compareTo(MOST) > 0) {
            throw invalid("Cancel-After must be between 5 seconds and 24 hours");
        }
        return duration;
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static Refusal invalid(String description) {
        return Problems.invalid(List.of(new Violation("invalid_header", "Cancel-After", description)));
    }
}
