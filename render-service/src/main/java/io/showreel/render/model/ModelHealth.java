package io.showreel.render.model;

import java.time.Instant;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The breakers on record; everything joins the caller's transaction. */
public interface ModelHealth {

    Mono<Void> failed(String account, String model, Instant now);

    Mono<Void> succeeded(String account, String model);

    /** The models that failed since they last succeeded. */
    Flux<Ailing> ailing(String account);

    /** @param isBusy whether a prediction of it is in flight */
    record Ailing(String model, Breaker breaker, boolean isBusy) {

        /** Whether none may be submitted. */
        public boolean isShut(Instant now) {
            return breaker.isOpen(now) || breaker.isTrying(now) && isBusy;
        }
    }
}
