package io.showreel.observability.tracing;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * Begins no trace for a request that changes nothing: jobs are polled thousands of times a second, and what a probe or a
 * poll does is of interest to nobody. A read that belongs to a trace already is traced as any other request.
 */
final class UntracedReads implements TracingObservationHandler<ServerRequestObservationContext> {

    private final Tracer tracer;

    UntracedReads(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof ServerRequestObservationContext request && isUntraced(request);
    }

    private static boolean isUntraced(ServerRequestObservationContext context) {
        var request = context.getCarrier();
        if (request == null || request.getHeaders().containsHeader(Traceparent.HEADER)) {
            return false;
        }
        var method = request.getMethod();
        return method == HttpMethod.GET || method == HttpMethod.HEAD || method == HttpMethod.OPTIONS;
    }

    @Override
    public Tracer getTracer() {
        return tracer;
    }

    /** Leaves a place for a span, and none in it: the meters of an observation look there. */
    @Override
    public void onStart(ServerRequestObservationContext context) {
        getTracingContext(context);
    }

    @Override
    public void onError(ServerRequestObservationContext context) {}

    @Override
    public void onEvent(Observation.Event event, ServerRequestObservationContext context) {}

    @Override
    public void onScopeOpened(ServerRequestObservationContext context) {}

    @Override
    public void onScopeClosed(ServerRequestObservationContext context) {}

    @Override
    public void onScopeReset(ServerRequestObservationContext context) {}

    @Override
    public void onStop(ServerRequestObservationContext context) {}
}
