package io.showreel.gateway.access;

import io.showreel.web.ApiException;
import io.showreel.web.Problems;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Where this machine is let in without a key, only who calls it by its own name is. A web page anywhere may let its name
 * lead to this machine (DNS rebinding); the browser would then take the gateway for the page's own server, and the page
 * could spend money.
 */
@Component
class HostFilter implements WebFilter, Ordered {

    private static final Pattern THIS_MACHINE =
            Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?", Pattern.CASE_INSENSITIVE);

    private final boolean anyName;
    private final ManagementPort management;

    HostFilter(ApiKeys keys, AccessSettings settings, ManagementPort management) {
        this.anyName = !keys.none() || settings.open();
        this.management = management;
    }

    /** Before everything that answers by itself, such as preflights. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 15;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return anyName || management.received(exchange) || callsThisMachine(exchange.getRequest())
                ? chain.filter(exchange)
                : Problems.write(
                        exchange,
                        new ApiException(
                                HttpStatus.FORBIDDEN,
                                "host_not_allowed",
                                "Without API keys, this API answers to localhost, 127.0.0.1 and [::1] only."));
    }

    private static boolean callsThisMachine(ServerHttpRequest request) {
        var hosts = request.getHeaders().getOrEmpty(HttpHeaders.HOST);
        return hosts.size() == 1 && THIS_MACHINE.matcher(hosts.getFirst()).matches();
    }
}
