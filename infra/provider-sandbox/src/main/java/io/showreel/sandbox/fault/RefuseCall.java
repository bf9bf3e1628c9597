package io.showreel.sandbox.fault;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/**
 * A call of Replicate's API is refused, and nothing comes of it.
 *
 * @param on     which calls; creates if absent. A model limits a fault to creates, because no other call names one
 * @param answer what is said, as the provider says it
 * @param status instead of an answer: this status
 * @param body   with a status: its text; JSON if it begins with a brace, else HTML
 */
public record RefuseCall(
        @Nullable Call on,
        @Nullable Answer answer,
        @Nullable Integer status,
        @Nullable String body) implements Fault {

    /** The calls that can be told apart. */
    @EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
    public enum Call {
        CREATE,
        SHOW,
        LIST,
        CANCEL,
        UPLOAD,
        OTHER,
        ANY
    }

    /** How the provider refuses; the 429s name their pause in the header and the body, or in one place only. */
    @EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
    public enum Answer {
        UNAUTHENTICATED,
        INSUFFICIENT_CREDIT,
        SPEND_LIMIT,
        INVALID_INPUT,
        INVALID_VERSION,
        THROTTLED,
        THROTTLED_BY_HEADER,
        THROTTLED_BY_BODY,
        THROTTLED_BY_TEXT,
        INTERNAL_ERROR,
        BAD_GATEWAY,
        UNAVAILABLE,
        GATEWAY_TIMEOUT
    }

    public RefuseCall {
        if (answer == null && status == null) {
            throw new IllegalArgumentException("a refusal needs an answer or a status");
        }
    }

    public boolean strikes(Call call) {
        var wanted = on == null ? Call.CREATE : on;
        return wanted == Call.ANY || wanted == call;
    }
}
