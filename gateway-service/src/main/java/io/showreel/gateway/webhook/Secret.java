package io.showreel.gateway.webhook;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/**
 * What a client's deliveries are signed with.
 *
 * @param value {@code whsec_} and 32 random bytes in base64, as Standard Webhooks writes it; never logged
 */
public record Secret(UUID id, UUID clientId, String value) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    static Secret random(UUID id, UUID clientId) {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Secret(id, clientId, "whsec_" + Base64.getEncoder().encodeToString(bytes));
    }

    @Override
    public String toString() {
        return "Secret[id=" + id + ", clientId=" + clientId + ", value=***]";
    }
}
