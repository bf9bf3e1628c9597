package io.showreel.gateway.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** What clients' deliveries are signed with. */
public interface Secrets {

    /** Those that sign now, the newest first. */
    Mono<List<Secret>> valid(UUID clientId);

    /** Keeps a first secret, unless the client has one already. */
    Mono<Void> addFirst(Secret secret);

    /**
     * Lets a new secret take over, in the caller's transaction; the one before it signs along until then.
     *
     * @return false if too many sign along already, and nothing was changed
     */
    Mono<Boolean> replace(Secret secret, Instant oldValidUntil);
}
