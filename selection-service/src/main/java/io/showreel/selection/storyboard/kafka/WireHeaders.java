package io.showreel.selection.storyboard.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.KafkaHeaderMapper;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.stereotype.Component;

/**
 * Headers as the services agreed on them: plain text, none of Spring's own. What comes in is one header that holds them
 * all, since Spring Cloud Function renames CloudEvents attributes that it recognises.
 */
@Component(WireHeaders.BEAN)
class WireHeaders implements KafkaHeaderMapper {

    static final String BEAN = "wireHeaders";
    static final String RECEIVED = "receivedHeaders";

    static final String SPEC_VERSION = "ce_specversion";
    static final String ID = "ce_id";
    static final String TYPE = "ce_type";
    static final String SOURCE = "ce_source";
    static final String SUBJECT = "ce_subject";
    static final String TIME = "ce_time";
    static final String CAUSATION_ID = "ce_causationid";
    static final String CONTENT_TYPE = "content-type";
    static final String TRACEPARENT = "traceparent";
    static final String REQUEST_ID = "x-request-id";

    private static final Set<String> KNOWN =
            Set.of(SPEC_VERSION, ID, TYPE, SOURCE, SUBJECT, TIME, CAUSATION_ID, CONTENT_TYPE, TRACEPARENT, REQUEST_ID);

    /** One that came with the message; null if it did not. */
    static @Nullable String received(Message<?> message, String name) {
        return message.getHeaders().get(RECEIVED) instanceof Map<?, ?> received
                        && received.get(name) instanceof String value
                ? value
                : null;
    }

    @Override
    public void fromHeaders(MessageHeaders headers, Headers target) {
        headers.forEach((name, value) -> {
            if (KNOWN.contains(name)) {
                target.add(name, value.toString().getBytes(UTF_8));
            }
        });
    }

    @Override
    public void toHeaders(Headers source, Map<String, Object> headers) {
        var received = new HashMap<String, String>();
        source.forEach(header -> {
            if (KNOWN.contains(header.key()) && header.value() != null) {
                received.put(header.key(), new String(header.value(), UTF_8));
            }
        });
        headers.put(RECEIVED, Map.copyOf(received));
    }
}
