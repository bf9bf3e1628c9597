package io.showreel.gateway.access;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may come in.
 *
 * @param open lets an installation without any key listen to more than this machine
 * @param apiKeys the keys; without any, nobody is asked for one
 * @param rateLimit how often one key may ask
 * @param corsOrigins patterns of origins whose pages may call, besides our own
 */
@ConfigurationProperties("showreel")
public record AccessSettings(
        @DefaultValue("false") boolean open,
        @DefaultValue List<ApiKey> apiKeys,
        @DefaultValue RateLimit rateLimit,

        @DefaultValue({"http://localhost:[*]", "http://127.0.0.1:[*]"})
        List<String> corsOrigins) {

    /**
     * @param name shown in logs, never secret
     * @param sha256 of the key, in hexadecimal
     * @param clientIds the only clients whose things it sees; all if it is not given, and never empty, which might be meant as none
     */
    public record ApiKey(
            String name, String sha256, @Nullable Set<UUID> clientIds) {
        public ApiKey {
            if (!sha256.matches("[0-9a-fA-F]{64}")) {
                throw new IllegalArgumentException("The sha256 of API key " + name + " is not 64 hexadecimal digits");
            }
            if (clientIds != null && clientIds.isEmpty()) {
                throw new IllegalArgumentException("API key " + name
                        + " has an empty list of clients: name some, or leave the list out to let it see all");
            }
        }

        Set<UUID> clients() {
            return clientIds == null ? Set.of() : Set.copyOf(clientIds);
        }
    }

    /**
     * @param perSecond requests that each key may make on average
     * @param burst requests that it may make at once
     */
    public record RateLimit(
            @DefaultValue("100") int perSecond,
            @DefaultValue("200") int burst) {}
}
