package io.showreel.gateway.webhook.http;

import io.showreel.gateway.webhook.Addresses;
import io.showreel.web.ApiException;
import io.showreel.web.outbound.AddressRefusedException;
import io.showreel.web.outbound.FetchFailedException;
import io.showreel.web.outbound.WebFetch;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Judges addresses as they will be judged again on each try. */
@Component
class WebAddresses implements Addresses {

    private final WebFetch web;

    WebAddresses(WebFetch web) {
        this.web = web;
    }

    @Override
    public Mono<Void> check(String field, @Nullable String url) {
        return url == null
                ? Mono.empty()
                : Mono.<Void>fromRunnable(() -> judge(field, url)).subscribeOn(Schedulers.boundedElastic());
    }

    private void judge(String field, String url) {
        try {
            web.check(url);
        } catch (AddressRefusedException e) {
            throw ApiException.invalid(field, String.valueOf(e.getMessage()));
        } catch (FetchFailedException e) {
            // Nobody knows that name now; the tries will tell.
        }
    }
}
