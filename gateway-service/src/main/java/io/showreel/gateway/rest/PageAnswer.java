package io.showreel.gateway.rest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Answers with a page, or with the fact that the client has it already. */
final class PageAnswer {

    private PageAnswer() {}

    static Mono<Void> write(ServerWebExchange exchange, Page page) {
        var response = exchange.getResponse();
        var headers = response.getHeaders();
        tag(exchange, page);
        if (matches(exchange.getRequest().getHeaders().getFirst(HttpHeaders.IF_NONE_MATCH), page.etag())) {
            response.setStatusCode(HttpStatus.NOT_MODIFIED);
            return response.setComplete();
        }
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.setContentLength(page.bytes().length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(page.bytes())));
    }

    /** Says which version an answer shows. */
    static void tag(ServerWebExchange exchange, Page page) {
        var headers = exchange.getResponse().getHeaders();
        headers.set(HttpHeaders.ETAG, page.etag());
        headers.set(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    static boolean matches(@Nullable String ifNoneMatch, String etag) {
        if (ifNoneMatch == null) {
            return false;
        }
        if (ifNoneMatch.equals(etag) || ifNoneMatch.strip().equals("*")) {
            return true;
        }
        for (var one : ifNoneMatch.split(",", -1)) {
            var tag = one.strip();
            if ((tag.startsWith("W/") ? tag.substring(2) : tag).equals(etag)) {
                return true;
            }
        }
        return false;
    }
}
