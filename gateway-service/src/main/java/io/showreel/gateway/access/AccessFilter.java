package io.showreel.gateway.access;

import io.showreel.web.ApiException;
import io.showreel.web.MediaLinks;
import io.showreel.web.Problems;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Lets in who has a key, who follows a signed link, and everybody where no key is configured; not too often. */
@Component
class AccessFilter implements WebFilter, Ordered {

    static final String KEY_HEADER = "X-API-Key";

    private static final Pattern MEDIA =
            Pattern.compile("/api/v3/(videos/[^/]+/.+|audio/.+|assets/[^/]+/(data|thumbnail))");
    private static final Pattern FREE =
            Pattern.compile("/|/actuator/health(/.*)?|/api/openapi(\\.json)?|/swaggerui(/.*)?|/favicon\\.ico");
    private static final String WEBHOOK = "/api/webhooks/replicate";

    private final ApiKeys keys;
    private final RateLimits limits;
    private final MediaLinks links;
    private final ManagementPort management;

    AccessFilter(ApiKeys keys, RateLimits limits, MediaLinks links, ManagementPort management) {
        this.keys = keys;
        this.limits = limits;
        this.links = links;
        this.management = management;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 30;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return caller(exchange)
                .map(caller -> {
                    caller.enter(exchange);
                    return caller.hasKey() ? limited(exchange, chain, caller) : chain.filter(exchange);
                })
                .orElseGet(() -> Problems.write(
                        exchange,
                        new ApiException(
                                HttpStatus.UNAUTHORIZED, "unauthorized", "A valid API key is needed in X-API-Key.")));
    }

    private Optional<Caller> caller(ServerWebExchange exchange) {
        if (keys.none() || management.received(exchange)) {
            return Optional.of(Caller.ANYBODY);
        }
        var request = exchange.getRequest();
        var key = request.getHeaders().getFirst(KEY_HEADER);
        if (key != null) {
            return keys.caller(key);
        }
        var path = request.getPath().value();
        if (FREE.matcher(path).matches()
                || WEBHOOK.equals(path) && request.getMethod() == HttpMethod.POST
                || follows(request, path)) {
            return Optional.of(Caller.LINK);
        }
        return Optional.empty();
    }

    private boolean follows(ServerHttpRequest request, String path) {
        var method = request.getMethod();
        return (method == HttpMethod.GET || method == HttpMethod.HEAD)
                && MEDIA.matcher(path).matches()
                && links.verify(path, request.getQueryParams());
    }

    private Mono<Void> limited(ServerWebExchange exchange, WebFilterChain chain, Caller caller) {
        var probe = limits.take(caller);
        var headers = exchange.getResponse().getHeaders();
        headers.set("RateLimit-Limit", Integer.toString(limits.burst()));
        headers.set("RateLimit-Remaining", Long.toString(probe.getRemainingTokens()));
        headers.set("RateLimit-Reset", Long.toString(seconds(probe.getNanosToWaitForReset())));
        return probe.isConsumed()
                ? chain.filter(exchange)
                : Problems.write(
                        exchange,
                        new ApiException(HttpStatus.TOO_MANY_REQUESTS, "rate_limited", "Too many requests; slow down.")
                                .retryAfter(Duration.ofNanos(probe.getNanosToWaitForRefill())));
    }

    private static long seconds(long nanos) {
        return Math.ceilDiv(nanos, 1_000_000_000L);
    }
}
