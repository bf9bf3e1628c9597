package io.showreel.observability.tracing;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Makes spans of work that is done for the sake of a message, a request or a row. The trace comes from outside as a
 * {@code traceparent} and no span begins one of its own, so what nobody asked for is not traced. Spans of a trace that
 * is not sampled, and all of them where tracing is off, are no more than their parent's {@code traceparent}.
 */
public final class Spans {

    /** Where nothing is traced. */
    public static final Spans NONE = new Spans(null);

    /** Which side of a call or of a message the work is on. */
    public enum Kind {
        INTERNAL(null),
        CLIENT(Span.Kind.CLIENT),
        PRODUCER(Span.Kind.PRODUCER),
        CONSUMER(Span.Kind.CONSUMER);

        private final Span.@Nullable Kind kind;

        Kind(Span.@Nullable Kind kind) {
            this.kind = kind;
        }
    }

    private final @Nullable Tracer tracer;

    Spans(@Nullable Tracer tracer) {
        this.tracer = tracer;
    }

    /** A span of work that may change threads, and that begins now. */
    public TraceSpan begin(String name, Kind kind, @Nullable String traceparent) {
        return begin(name, kind, traceparent, null);
    }

    /** @param since when the work began; null for now */
    public TraceSpan begin(String name, Kind kind, @Nullable String traceparent, @Nullable Instant since) {
        var tracing = tracer;
        if (tracing == null) {
            return TraceSpan.none(traceparent);
        }
        return Traceparent.parse(traceparent)
                .filter(Traceparent::sampled)
                .map(parent -> TraceSpan.of(start(tracing, name, kind, parent, since)))
                .orElseGet(() -> TraceSpan.none(traceparent));
    }

    private static Span start(Tracer tracer, String name, Kind kind, Traceparent parent, @Nullable Instant since) {
        var context = tracer.traceContextBuilder()
                .traceId(parent.traceId())
                .spanId(parent.spanId())
                .sampled(true)
                .build();
        var span = tracer.spanBuilder().setParent(context).name(name);
        if (kind.kind != null) {
            span.kind(kind.kind);
        }
        if (since != null) {
            span.startTimestamp(ChronoUnit.MICROS.between(Instant.EPOCH, since), TimeUnit.MICROSECONDS);
        }
        return span.start();
    }

    /** A span of work on this thread, whose current span it is until it is closed. */
    public TraceSpan open(String name, Kind kind, @Nullable String traceparent) {
        return open(begin(name, kind, traceparent));
    }

    /** A part of what this thread is doing; nothing if that is not traced. */
    public TraceSpan open(String name, Kind kind) {
        var current = tracer == null ? null : tracer.currentSpan();
        return current == null
                ? TraceSpan.none(null)
                : open(name, kind, Traceparent.of(current.context()).toString());
    }

    private TraceSpan open(TraceSpan begun) {
        return tracer == null || !begun.isKept() ? begun : begun.in(tracer.withSpan(begun.span()));
    }

    /** The span of what is being observed, such as a request; empty if that is not traced. */
    public static Optional<Traceparent> traceparentOf(Observation.ContextView observed) {
        TracingContext tracing = observed.get(TracingContext.class);
        var span = tracing == null ? null : tracing.getSpan();
        return span == null ? Optional.empty() : Optional.of(Traceparent.of(span.context()));
    }

    /** The work for another thread to do in the name of this one: its spans and its log lines belong to the same. */
    public static <T> Callable<T> carrying(Callable<T> work) {
        var lines = MDC.getCopyOfContextMap();
        var traced = Context.current().wrap(work);
        return () -> {
            MDC.setContextMap(lines == null ? Map.of() : lines);
            return traced.call();
        };
    }
}
