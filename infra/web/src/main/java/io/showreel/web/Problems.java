package io.showreel.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/**
 * Answers every error, whoever raised it (controllers, routers, filters, the framework), as
 * {@code application/problem+json}. What isn't the caller's fault is logged under the request's id and told in general
 * words only.
 */
public final class Problems implements WebExceptionHandler, Ordered {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private static final Troubles TROUBLES = new Troubles();

    /** Before the framework's own handler, which is at -1. */
    @Override
    public int getOrder() {
        return -2;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable trouble) {
        if (exchange.getResponse().isCommitted() || trouble instanceof AbortedException) {
            // Nobody is left to be told: the framework ends the exchange.
            return Mono.error(trouble);
        }
        var answer = TROUBLES.translate(trouble);
        if (answer.status() == HttpStatus.INTERNAL_SERVER_ERROR) {
            log.error("Request {} failed", RequestId.of(exchange), trouble);
        } else if (answer.status().is5xxServerError()) {
            log.warn("Request {} could not be served: {}", RequestId.of(exchange), chain(trouble));
        }
        return write(exchange, answer);
    }

    /** What the caller would be told about it, for those who tell it in the midst of a good answer. */
    public static ApiException explain(Throwable trouble) {
        return TROUBLES.translate(trouble);
    }

    private static String chain(Throwable trouble) {
        var cause = trouble.getCause();
        return cause == null || cause == trouble ? trouble.toString() : trouble + ", because of " + chain(cause);
    }

    /** Writes the answer for those who refuse a request before it reaches a handler. */
    public static Mono<Void> write(ServerWebExchange exchange, ApiException answer) {
        var request = exchange.getRequest();
        var response = exchange.getResponse();
        var body = WebJson.mapper()
                .writeValueAsBytes(Problem.of(answer, request.getPath().value()));
        response.setStatusCode(answer.status());
        var headers = response.getHeaders();
        headers.remove(HttpHeaders.ETAG);
        headers.remove(HttpHeaders.LAST_MODIFIED);
        headers.remove(HttpHeaders.CONTENT_DISPOSITION);
        headers.putAll(answer.headers());
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setContentLength(body.length);
        headers.setCacheControl("no-store");
        if (HttpMethod.HEAD.equals(request.getMethod())) {
            return response.setComplete();
        }
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }
}
