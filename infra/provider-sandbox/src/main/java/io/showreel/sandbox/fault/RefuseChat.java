package io.showreel.sandbox.fault;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/**
 * A chat is refused.
 *
 * @param answer what xAI says
 * @param status instead of an answer: this status
 * @param body   with a status: its text
 */
public record RefuseChat(
        @Nullable Answer answer,
        @Nullable Integer status,
        @Nullable String body) implements Fault {

    /** xAI's errors, one for each row of its table. */
    @EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
    public enum Answer {
        WRONG_KEY,
        INVALID_ARGUMENT,
        UNREADABLE_IMAGE,
        UNAUTHENTICATED,
        NO_CREDIT,
        BLOCKED_KEY,
        UNKNOWN_MODEL,
        UNREADABLE_BODY,
        UNREADABLE_BODY_AS_TEXT,
        THROTTLED,
        THROTTLED_WITH_PAUSE,
        QUOTA_EXCEEDED,
        INTERNAL_ERROR,
        BAD_GATEWAY,
        UNAVAILABLE,
        GATEWAY_TIMEOUT
    }

    public RefuseChat {
        if (answer == null && status == null) {
            throw new IllegalArgumentException("a refusal needs an answer or a status");
        }
    }
}
