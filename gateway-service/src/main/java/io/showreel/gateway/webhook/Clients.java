package io.showreel.gateway.webhook;

import java.util.UUID;
import reactor.core.publisher.Mono;

/** Knows which clients there are. */
public interface Clients {
    Mono<Boolean> has(UUID clientId);
}
