package io.showreel.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Recognises keys by their hashes, in a time that does not tell how near a guess was. */
@Component
class ApiKeys {

    private record Known(byte[] sha256, Caller caller) {}

    private final List<Known> known;

    ApiKeys(AccessSettings settings) {
        this.known = settings.apiKeys().stream()
                .map(key -> new Known(HexFormat.of().parseHex(key.sha256()), new Caller(key.name(), key.clients())))
                .toList();
    }

    boolean none() {
        return known.isEmpty();
    }

    Optional<Caller> caller(String key) {
        var hash = sha256(key);
        Optional<Caller> found = Optional.empty();
        for (var candidate : known) {
            if (MessageDigest.isEqual(candidate.sha256(), hash)) {
                found = Optional.of(candidate.caller());
            }
        }
        return found;
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
