package io.showreel.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.http.server.reactive.ServerHttpRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.JsonNodeFeature;

/**
 * What a client calls a request that it may send again.
 *
 * @param keyName the API key's name: clients don't share their keys
 * @param key what the client chose
 * @param fingerprint a hash over method, path and body
 */
public record IdempotencyKey(String keyName, String key, String fingerprint) {

    public static final String HEADER = "Idempotency-Key";

    private static final int LONGEST = 255;
    private static final ObjectWriter SORTED = WebJson.mapper().writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);

    /**
     * The key of a request, if it has one.
     *
     * @param body what was asked; two bodies that say the same in other white space are the same
     */
    public static Optional<IdempotencyKey> of(ServerHttpRequest request, String keyName, Object body) {
        var key = request.getHeaders().getFirst(HEADER);
        if (key == null) {
            return Optional.empty();
        }
        if (key.isBlank() || key.length() > LONGEST || !key.chars().allMatch(c -> c > 31 && c < 127)) {
            throw ApiException.invalid("idempotency_key", "must be 1 to " + LONGEST + " printable ASCII characters");
        }
        return Optional.of(new IdempotencyKey(keyName, key, fingerprint(request, body)));
    }

    private static String fingerprint(ServerHttpRequest request, Object body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var head = request.getMethod() + " " + request.getPath().value() + "\n";
            digest.update(head.getBytes(StandardCharsets.UTF_8));
            // As a tree, because only trees are written with their properties sorted.
            var tree = WebJson.mapper().<JsonNode>valueToTree(body);
            digest.update(SORTED.writeValueAsBytes(tree));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
