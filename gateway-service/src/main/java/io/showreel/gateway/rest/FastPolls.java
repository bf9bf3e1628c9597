package io.showreel.gateway.rest;

import io.showreel.gateway.access.Caller;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Answers a poll whose page is at hand before anything else looks at it: polls are nearly all of the traffic, and finding
 * a controller costs more than answering. Whatever is not that simple goes the usual way.
 */
@Component
class FastPolls implements WebFilter, Ordered {

    private static final String PREFIX = Portrait.API + "/jobs/";
    private static final int MOST_DIGITS = 10;

    private final Pages pages;

    FastPolls(Pages pages) {
        this.pages = pages;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 35;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        if (request.getMethod() != HttpMethod.GET || request.getHeaders().containsHeader("Prefer")) {
            return chain.filter(exchange);
        }
        long jobId = jobId(request.getURI().getRawPath());
        var page = jobId < 0 ? null : pages.cached(jobId);
        return page != null && Caller.of(exchange).sees(page.clientId())
                ? PageAnswer.write(exchange, page)
                : chain.filter(exchange);
    }

    private static long jobId(String path) {
        int length = path.length();
        if (!path.startsWith(PREFIX) || length == PREFIX.length() || length > PREFIX.length() + MOST_DIGITS) {
            return -1;
        }
        long id = 0;
        for (int i = PREFIX.length(); i < length; i++) {
            int digit = path.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            id = id * 10 + digit;
        }
        return id;
    }
}
