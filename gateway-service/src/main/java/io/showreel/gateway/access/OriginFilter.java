package io.showreel.gateway.access;

import io.showreel.messaging.Origin;
import io.showreel.observability.tracing.Spans;
import io.showreel.observability.tracing.Traceparent;
import io.showreel.web.RequestId;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Lets every message that a request brings about carry the request's id and its trace. */
@Component
class OriginFilter implements WebFilter, Ordered {

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 40;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var method = exchange.getRequest().getMethod();
        if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
            return chain.filter(exchange);
        }
        var traceparent = traceparent(exchange);
        var origin = new Origin(RequestId.of(exchange), traceparent.toString(), null);
        exchange.getAttributes().put(RequestId.TRACE_ID, traceparent.traceId());
        return chain.filter(exchange).contextWrite(origin.write());
    }

    /** The request's own span; where requests are not traced, where the caller's trace goes on, or one begins. */
    private static Traceparent traceparent(ServerWebExchange exchange) {
        return ServerRequestObservationContext.findCurrent(exchange.getAttributes())
                .flatMap(Spans::traceparentOf)
                .or(() -> Traceparent.parse(exchange.getRequest().getHeaders().getFirst(Traceparent.HEADER)))
                .orElseGet(OriginFilter::fresh);
    }

    private static Traceparent fresh() {
        var bytes = new byte[24];
        ThreadLocalRandom.current().nextBytes(bytes);
        var hex = HexFormat.of().formatHex(bytes);
        return new Traceparent(hex.substring(0, 32), hex.substring(32), true);
    }
}
