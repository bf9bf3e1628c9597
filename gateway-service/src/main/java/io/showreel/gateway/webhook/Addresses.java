package io.showreel.gateway.webhook;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Judges where clients want to be told. */
public interface Addresses {

    /**
     * Errors with a 422 that names the field if nobody may be told there. A name that leads nowhere passes: it may lead
     * somewhere by then.
     */
    Mono<Void> check(String field, @Nullable String url);
}
