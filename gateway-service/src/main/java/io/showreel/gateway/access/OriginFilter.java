package io.showreel.gateway.access;

import io.showreel.messaging.Origin;
import io.showreel.web.RequestId;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Lets every message that a request brings about carry the request's id and its trace. */
@Component
class OriginFilter implements WebFilter, Ordered {

    private static final String TRACEPARENT = "traceparent";
    private static final Pattern ACCEPTABLE =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

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
        var origin = new Origin(
                RequestId.of(exchange),
                acceptOrMake(exchange.getRequest().getHeaders().getFirst(TRACEPARENT)),
                null);
        return chain.filter(exchange).contextWrite(origin.write());
    }

    private static String acceptOrMake(@Nullable String given) {
        if (given != null && ACCEPTABLE.matcher(given).matches()) {
            return given;
        }
        var bytes = new byte[24];
        ThreadLocalRandom.current().nextBytes(bytes);
        var hex = HexFormat.of().formatHex(bytes);
        return "00-" + hex.substring(0, 32) + "-" + hex.substring(32) + "-01";
    }
}
