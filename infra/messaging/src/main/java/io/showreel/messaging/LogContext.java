package io.showreel.messaging;

import io.showreel.observability.tracing.Traceparent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Until it is closed, every log line of this thread says what it is about and which request and trace it belongs to. In
 * a pipeline the thread changes: there it is opened around what logs, not around the pipeline.
 */
public final class LogContext implements AutoCloseable {

    /** The key of the messages that it is about, which in all of Showreel is the job's id. */
    public static final String KEY = "job_id";

    public static final String REQUEST_ID = "request_id";

    /** The part of {@code traceparent} that all spans of a trace share. */
    public static final String TRACE_ID = "trace_id";

    private final Map<String, @Nullable String> before = new HashMap<>();

    private LogContext() {}

    /** @param key null if it is about nothing in particular */
    public static LogContext open(@Nullable String key, Origin origin) {
        var context = new LogContext();
        context.put(KEY, key);
        context.put(REQUEST_ID, origin.requestId());
        context.put(
                TRACE_ID,
                Traceparent.parse(origin.traceparent())
                        .map(Traceparent::traceId)
                        .orElse(null));
        return context;
    }

    private void put(String name, @Nullable String value) {
        before.put(name, MDC.get(name));
        set(name, value);
    }

    private static void set(String name, @Nullable String value) {
        if (value == null) {
            MDC.remove(name);
        } else {
            MDC.put(name, value);
        }
    }

    @Override
    public void close() {
        before.forEach(LogContext::set);
    }
}
