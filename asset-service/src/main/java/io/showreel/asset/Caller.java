package io.showreel.asset;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Who asks, as the gateway says; it checked the API key, and takes these headers off what comes from outside.
 *
 * @param keyName the API key's name
 * @param clients the clients that the key is bound to, null if it may see all; everything of others isn't there for it
 */
public record Caller(String keyName, @Nullable List<UUID> clients) {

    public static final String KEY_HEADER = "X-Showreel-Key";
    public static final String CLIENTS_HEADER = "X-Showreel-Clients";

    private static final String NO_KEY = "open";

    /** A client header that can't be read means a caller who sees nothing, never one who sees all. */
    static Caller of(HttpHeaders headers) {
        var key = headers.getFirst(KEY_HEADER);
        var bound = headers.get(CLIENTS_HEADER);
        return new Caller(
                key == null || key.isBlank() ? NO_KEY : key,
                bound == null
                        ? null
                        : bound.stream()
                                .flatMap(line -> Arrays.stream(line.split(",")))
                                .map(String::strip)
                                .filter(id -> !id.isEmpty())
                                .flatMap(id -> parse(id).stream())
                                .toList());
    }

    public boolean sees(@Nullable UUID client) {
        return clients == null || clients.contains(client);
    }

    /** For SQL: null means no restriction. */
    public UUID @Nullable [] visibleClients() {
        return clients == null ? null : clients.toArray(UUID[]::new);
    }

    private static List<UUID> parse(String id) {
        try {
            return List.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }
}
