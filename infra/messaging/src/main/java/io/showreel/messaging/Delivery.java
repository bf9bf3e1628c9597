package io.showreel.messaging;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a message came.
 *
 * @param id the same each time this message is delivered
 * @param origin what is written while handling this message carries it: its causation is this message. The listener has
 *     already put it into the handler's Reactor context
 */
public record Delivery(UUID id, String topic, String key, int partition, long offset, Origin origin) {

    /** The same for a handler that works in a span of the trace. */
    public Delivery under(@Nullable String traceparent) {
        return new Delivery(id, topic, key, partition, offset, origin.under(traceparent));
    }
}
