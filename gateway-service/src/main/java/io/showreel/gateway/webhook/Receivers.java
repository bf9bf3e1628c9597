package io.showreel.gateway.webhook;

import java.util.UUID;
import reactor.core.publisher.Mono;

/** Where clients are told. */
public interface Receivers {

    Mono<Receiver> find(UUID clientId);

    Mono<Receiver> put(UUID clientId, String url);

    Mono<Void> remove(UUID clientId);

    /** The client's address wants nothing more, if it still is that one. */
    Mono<Void> gone(UUID clientId, String url);
}
