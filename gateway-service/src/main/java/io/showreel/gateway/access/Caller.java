package io.showreel.gateway.access;

import java.util.Set;
import java.util.UUID;
import org.springframework.web.server.ServerWebExchange;

/**
 * Who asks.
 *
 * @param name of the API key
 * @param clients the only ones whose things he sees; all if empty
 */
public record Caller(String name, Set<UUID> clients) {

    /** Anybody, on an installation without keys. */
    static final Caller ANYBODY = new Caller("open", Set.of());

    /** Somebody who was given a signed link, and may follow just that. */
    static final Caller LINK = new Caller("link", Set.of());

    private static final String ATTRIBUTE = Caller.class.getName();

    public static Caller of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }

    void enter(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    public boolean sees(UUID clientId) {
        return clients.isEmpty() || clients.contains(clientId);
    }

    /** Whether a key, or the absence of any, lets him ask for more than a link leads to. */
    public boolean known() {
        return this != LINK;
    }

    boolean hasKey() {
        return this != ANYBODY && this != LINK;
    }
}
