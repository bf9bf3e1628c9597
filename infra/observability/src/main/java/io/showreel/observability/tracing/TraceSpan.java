package io.showreel.observability.tracing;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer.SpanInScope;
import org.jspecify.annotations.Nullable;

/** A piece of work in a trace, from its beginning until it is closed. One that nobody keeps does nothing. */
public final class TraceSpan implements AutoCloseable {

    private final @Nullable Span span;
    private final @Nullable SpanInScope scope;
    private final @Nullable String traceparent;

    private TraceSpan(@Nullable Span span, @Nullable SpanInScope scope, @Nullable String traceparent) {
        this.span = span;
        this.scope = scope;
        this.traceparent = traceparent;
    }

    static TraceSpan none(@Nullable String traceparent) {
        return new TraceSpan(null, null, traceparent);
    }

    static TraceSpan of(Span span) {
        return new TraceSpan(span, null, Traceparent.of(span.context()).toString());
    }

    TraceSpan in(SpanInScope current) {
        return new TraceSpan(span, current, traceparent);
    }

    Span span() {
        if (span == null) {
            throw new IllegalStateException("There is no span.");
        }
        return span;
    }

    /** Whether anybody is going to see it, so that it is worth saying something about the work. */
    public boolean isKept() {
        return span != null;
    }

    /** For what this work causes elsewhere: its spans are children of this one. Of a span that nobody keeps, its parent. */
    public @Nullable String traceparent() {
        return traceparent;
    }

    /** Says something about the work; names as in OpenTelemetry's semantic conventions where there are any. */
    public TraceSpan tag(String name, String value) {
        if (span != null) {
            span.tag(name, value);
        }
        return this;
    }

    /** The work failed. */
    public void failed(Throwable failure) {
        if (span != null) {
            span.error(failure);
        }
    }

    @Override
    public void close() {
        if (scope != null) {
            scope.close();
        }
        if (span != null) {
            span.end();
        }
    }
}
