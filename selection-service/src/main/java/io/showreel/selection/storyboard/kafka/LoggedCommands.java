package io.showreel.selection.storyboard.kafka;

import io.showreel.observability.tracing.Traceparent;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.integration.config.GlobalChannelInterceptor;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.stereotype.Component;

/**
 * Lets every log line that is written while a command is answered say which job, request and trace it belongs to. The
 * names are those of the other services' logs.
 */
@Component
@GlobalChannelInterceptor(patterns = "selectScenes-in-0")
class LoggedCommands implements ChannelInterceptor {

    static final String JOB_ID = "job_id";
    static final String REQUEST_ID = "request_id";
    static final String TRACE_ID = "trace_id";

    @Override
    public Message<?> preSend(Message<?> message, MessageChannel channel) {
        put(JOB_ID, WireHeaders.received(message, WireHeaders.SUBJECT));
        put(REQUEST_ID, WireHeaders.received(message, WireHeaders.REQUEST_ID));
        put(
                TRACE_ID,
                Traceparent.parse(WireHeaders.received(message, WireHeaders.TRACEPARENT))
                        .map(Traceparent::traceId)
                        .orElse(null));
        return message;
    }

    @Override
    public void afterSendCompletion(
            Message<?> message, MessageChannel channel, boolean sent, @Nullable Exception trouble) {
        put(JOB_ID, null);
        put(REQUEST_ID, null);
        put(TRACE_ID, null);
    }

    private static void put(String name, @Nullable String value) {
        if (value == null) {
            MDC.remove(name);
        } else {
            MDC.put(name, value);
        }
    }
}
