package io.showreel.web;

import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Accepts or makes the request's id, echoes it, passes it on (to what is routed and in the Reactor context) and logs
 * what changes something under it.
 */
final class RequestIdFilter implements WebFilter, Ordered {

    private static final Logger log = LoggerFactory.getLogger("io.showreel.web.requests");
    private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var given = exchange.getRequest().getHeaders().getFirst(RequestId.HEADER);
        var id = RequestId.acceptOrMake(given);
        exchange.getAttributes().put(RequestId.ATTRIBUTE, id);
        exchange.getResponse().getHeaders().set(RequestId.HEADER, id);
        var passedOn = id.equals(given)
                ? exchange
                : exchange.mutate()
                        .request(request -> request.headers(headers -> headers.set(RequestId.HEADER, id)))
                        .build();
        if (changesSomething(exchange)) {
            var start = System.nanoTime();
            exchange.getResponse().beforeCommit(() -> {
                var took = Duration.ofNanos(System.nanoTime() - start);
                try (var ignored = MDC.putCloseable("request_id", id);
                        var alike = MDC.putCloseable(RequestId.TRACE_ID, exchange.getAttribute(RequestId.TRACE_ID))) {
                    log(exchange, id, took);
                }
                return Mono.empty();
            });
        }
        return chain.filter(passedOn).contextWrite(context -> context.put(RequestId.ATTRIBUTE, id));
    }

    private static boolean changesSomething(ServerWebExchange exchange) {
        return !HARMLESS.contains(exchange.getRequest().getMethod());
    }

    private static void log(ServerWebExchange exchange, String id, Duration took) {
        var status = exchange.getResponse().getStatusCode();
        log.info(
                "{} {} -> {} in {} ms, request {}",
                exchange.getRequest().getMethod(),
                exchange.getRequest().getPath().value(),
                status == null ? 200 : status.value(),
                took.toMillis(),
                id);
    }
}
