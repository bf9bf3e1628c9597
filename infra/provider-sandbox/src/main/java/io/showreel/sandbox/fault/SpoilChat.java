package io.showreel.sandbox.fault;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/**
 * A chat is answered, and the answer is worth nothing or comes late.
 *
 * @param over how long a hanging or slow one takes; ten minutes if absent
 */
public record SpoilChat(How how, @Nullable Duration over) implements Fault {
    public SpoilChat {
        Objects.requireNonNull(how, "how");
    }

    /** What the answer is like. */
    @EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
    public enum How {
        /** Cut in the middle, with the finish reason {@code length}. */
        LENGTH,
        /** No content, but a refusal. */
        REFUSAL,
        /** Cut in the middle, with the finish reason {@code stop}. */
        INVALID_JSON,
        /** Every photo's id is one that doesn't exist. */
        UNKNOWN_IDS,
        /** Answered by another model than the one that was asked. */
        REDIRECTED,
        /** The right answer, late. */
        SLOW,
        /** Nothing at all, then the connection is cut. */
        HANGING
    }

    public Duration duration() {
        return over == null ? Duration.ofMinutes(10) : over;
    }
}
