package io.showreel.gateway.rest;

import io.showreel.gateway.job.Problem;
import io.showreel.gateway.rest.Views.ErrorView;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How single values are written. */
final class Drawing {

    private Drawing() {}

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static BigDecimal seconds(Duration duration) {
        var seconds = BigDecimal.valueOf(duration.toMillis()).movePointLeft(3).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }

    static @Nullable BigDecimal secondsOrNone(@Nullable Duration duration) {
        return duration == null ? null : seconds(duration);
    }

    static @Nullable ErrorView error(@Nullable Problem problem) {
        return problem == null ? null : new ErrorView(problem.code(), problem.message(), problem.sceneId());
    }
}
