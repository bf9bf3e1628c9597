package io.showreel.messaging;

import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Where a message comes from, so that its whole story can be followed. Travels in the Reactor context from the HTTP edge
 * or the listener to the outbox, and on the wire as headers.
 *
 * @param requestId of the HTTP request that began it all
 * @param traceparent W3C trace context
 * @param causationId the message while handling which this one was written; null at the HTTP edge
 */
public record Origin(
        @Nullable String requestId,
        @Nullable String traceparent,
        @Nullable UUID causationId) {

    /** Nothing is known. */
    public static final Origin UNKNOWN = new Origin(null, null, null);

    /** The same for what is done in a span of the trace. */
    public Origin under(@Nullable String traceparent) {
        return new Origin(requestId, traceparent, causationId);
    }

    /** For {@code contextWrite}: everything upstream has this origin. */
    public Function<Context, Context> write() {
        return context -> context.put(Origin.class, this);
    }

    /** The origin that the context holds, or {@link #UNKNOWN}. */
    public static Origin in(ContextView context) {
        return context.hasKey(Origin.class) ? context.get(Origin.class) : UNKNOWN;
    }
}
