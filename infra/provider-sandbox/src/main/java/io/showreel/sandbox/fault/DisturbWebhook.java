package io.showreel.sandbox.fault;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/**
 * One delivery of a webhook goes wrong; a further try of the same event is a delivery of its own.
 *
 * @param event limits the fault to {@code start}, {@code output} or {@code completed}
 * @param delay of a delayed one, and the most that a reordered one waits for another to overtake it; two seconds if absent
 */
public record DisturbWebhook(
        How how, @Nullable String event, @Nullable Duration delay) implements Fault {
    public DisturbWebhook {
        Objects.requireNonNull(how, "how");
    }

    /** What becomes of the delivery. */
    @EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
    public enum How {
        /** Never sent, and never tried again. */
        DROPPED,
        /** Sent later. */
        DELAYED,
        /** Sent twice under one id. */
        DUPLICATED,
        /** Sent after the next one of its account. */
        REORDERED,
        /** Signed with a key that nobody knows. */
        BADLY_SIGNED,
        /** Signed well, ten minutes ago. */
        STALE,
        /** The account's secret changes, and this and all later ones are signed with the new one. */
        ROTATED_SECRET
    }

    public boolean strikes(String delivered) {
        return event == null || event.equals(delivered);
    }

    public Duration pause() {
        return delay == null ? Duration.ofSeconds(2) : delay;
    }
}
