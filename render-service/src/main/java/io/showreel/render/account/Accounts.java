package io.showreel.render.account;

import java.time.Duration;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The accounts on record; everything joins the caller's transaction. */
public interface Accounts {

    /** @return whether the account is new */
    Mono<Boolean> enter(String name);

    Flux<String> names();

    Mono<Account> find(String name);

    /** Locks the account, so that nobody else admits an attempt meanwhile. */
    Mono<Account> lock(String name);

    /** Nothing more is submitted until then; a pause is only ever prolonged. */
    Mono<Void> pause(String name, Duration length, String because);

    /** Holds the account, and lets it be tried again after a while. */
    Mono<Void> hold(String name, Hold.Kind kind, String message, Duration tryAfter);

    /** @return whether it was held for one of these reasons */
    Mono<Boolean> release(String name, Set<Hold.Kind> kinds);

    Mono<Void> slowDown(String name, int perMinute, Duration length);
}
