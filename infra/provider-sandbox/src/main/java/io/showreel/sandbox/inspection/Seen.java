package io.showreel.sandbox.inspection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that was answered; status 0 if its connection was cut.
 *
 * @param received when its head had been read
 * @param time when it had been answered
 * @param conversation what xAI's clients name in {@code x-grok-conv-id}
 * @param fault the kind of fault that struck it, if one did
 */
public record Seen(
        Instant received,
        Instant time,
        String origin,
        String method,
        String path,
        int status,
        @Nullable String account,
        @Nullable String conversation,
        @Nullable String fault) {}
