package io.showreel.messaging;

import io.showreel.observability.tracing.Spans;
import io.showreel.observability.tracing.TraceSpan;
import org.jspecify.annotations.Nullable;

/**
 * Work of this thread that a message brought about a while ago, perhaps in a process that is dead by now: until it is
 * closed, the thread's log lines and spans belong to the origin that was kept with the work.
 */
public final class Errand implements AutoCloseable {

    private final LogContext lines;
    private final TraceSpan span;

    private Errand(LogContext lines, TraceSpan span) {
        this.lines = lines;
        this.span = span;
    }

    /**
     * @param name of the span, such as {@code cut film}
     * @param key that the message had; null if it is about nothing in particular
     */
    public static Errand begin(Spans spans, String name, @Nullable String key, Origin origin) {
        return new Errand(LogContext.open(key, origin), spans.open(name, Spans.Kind.INTERNAL, origin.traceparent()));
    }

    /** Says something about the work. */
    public Errand tag(String name, String value) {
        span.tag(name, value);
        return this;
    }

    @Override
    public void close() {
        span.close();
        lines.close();
    }
}
