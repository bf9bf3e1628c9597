package io.showreel.messaging;

import io.showreel.observability.tracing.TraceSpan;
import java.util.UUID;

/** What spans of messages say of them, as OpenTelemetry's conventions for messaging name it. */
public final class MessageSpans {

    private MessageSpans() {}

    /** @param type of the message, such as {@code take_rendered} */
    public static void describe(TraceSpan span, String topic, UUID id, String key, String type) {
        span.tag("messaging.system", "kafka")
                .tag("messaging.destination.name", topic)
                .tag("messaging.message.id", id.toString())
                .tag("messaging.kafka.message.key", key)
                .tag("messaging.message.type", type);
    }
}
