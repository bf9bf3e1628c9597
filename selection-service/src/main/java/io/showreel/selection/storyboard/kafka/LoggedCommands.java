package io.showreel.selection.storyboard.kafka;

import java.util.regex.Pattern;
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

    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    @Override
    public Message<?> preSend(Message<?> message, MessageChannel channel) {
        put(JOB_ID, WireHeaders.received(message, WireHeaders.SUBJECT));
        put(REQUEST_ID, WireHeaders.received(message, WireHeaders.REQUEST_ID));
        var trace = WireHeaders.received(message, WireHeaders.TRACEPARENT);
        var parts = TRACEPARENT.matcher(trace == null ? "" : trace);
        put(TRACE_ID, parts.matches() ? parts.group(1) : null);
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
