package io.showreel.gateway.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came back from a try. */
public sealed interface Reply {

    /** @param retryAfter how long the receiver asks to be left alone; null if it does not */
    record Answered(int status, @Nullable Duration retryAfter) implements Reply {}

    /** No answer: no such host, no connection, or not in time. */
    record Unreached(String reason) implements Reply {}

    /** The address is none that we may connect to. Nothing was sent. */
    record Forbidden(String reason) implements Reply {}
}
