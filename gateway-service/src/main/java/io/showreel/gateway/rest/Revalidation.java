package io.showreel.gateway.rest;

import io.showreel.gateway.access.Caller;
import io.showreel.gateway.live.Closing;
import io.showreel.gateway.live.LiveJobs;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets clients ask whether a job or its scenes are still as they know them, and wait until they are not. What a job's
 * scenes look like follows from the job's version, so its tag is theirs. With {@code Prefer: wait=N}, a request whose
 * {@code If-None-Match} still holds is answered when it no longer does, or with 304 after N seconds; all who wait for one
 * job share one look at it.
 */
@Component
class Revalidation implements WebFilter, Ordered {

    private static final Pattern PATH =
            Pattern.compile(Portrait.API + "/jobs/(\\d{1,10})(?<scenes>/scenes(/[0-9a-fA-F-]{36})?)?");

    private final Pages pages;
    private final LiveJobs live;
    private final Closing closing;

    Revalidation(Pages pages, LiveJobs live, Closing closing) {
        this.pages = pages;
        this.live = live;
        this.closing = closing;
    }

    /** After {@link FastPolls}, which leave waiting to us. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 36;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        var path = PATH.matcher(request.getURI().getRawPath());
        if (request.getMethod() != HttpMethod.GET || !path.matches()) {
            return chain.filter(exchange);
        }
        long jobId = Long.parseLong(path.group(1));
        var caller = Caller.of(exchange);
        return pages.page(jobId)
                .filter(page -> caller.sees(page.clientId()))
                .flatMap(page -> patiently(page, exchange))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(page -> answer(page.orElse(null), path.group("scenes") != null, exchange, chain));
    }

    private Mono<Page> patiently(Page page, ServerWebExchange exchange) {
        var headers = exchange.getRequest().getHeaders();
        var wait =
                Preference.of(headers.getValuesAsList("Prefer"), Duration.ZERO).patience();
        if (wait.isZero() || !isKnown(page, exchange)) {
            return Mono.just(page);
        }
        exchange.getResponse().getHeaders().set("Preference-Applied", "wait=" + wait.toSeconds());
        return live.versions(page.jobId())
                .concatMap(version -> pages.page(page.jobId()), 1)
                .filter(newer -> !isKnown(newer, exchange))
                .takeUntilOther(closing.begun())
                .next()
                .timeout(wait, Mono.empty())
                .defaultIfEmpty(page);
    }

    private static Mono<Void> answer(
            @Nullable Page page, boolean ofScenes, ServerWebExchange exchange, WebFilterChain chain) {
        if (page == null || !ofScenes) {
            return chain.filter(exchange);
        }
        if (isKnown(page, exchange)) {
            PageAnswer.tag(exchange, page);
            exchange.getResponse().setStatusCode(HttpStatus.NOT_MODIFIED);
            return exchange.getResponse().setComplete();
        }
        exchange.getResponse().beforeCommit(() -> {
            var status = exchange.getResponse().getStatusCode();
            if (status == null || status.is2xxSuccessful()) {
                PageAnswer.tag(exchange, page);
            }
            return Mono.empty();
        });
        return chain.filter(exchange);
    }

    private static boolean isKnown(Page page, ServerWebExchange exchange) {
        return PageAnswer.matches(exchange.getRequest().getHeaders().getFirst(HttpHeaders.IF_NONE_MATCH), page.etag());
    }
}
