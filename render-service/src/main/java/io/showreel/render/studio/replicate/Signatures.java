package io.showreel.render.studio.replicate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells Replicate's webhooks from anybody else's, by the bytes as they came. */
final class Signatures {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final String PREFIX = "whsec_";

    private Signatures() {}

    static boolean isRecent(String timestamp, Instant now) {
        try {
            var sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
            return Duration.between(sent, now).abs().compareTo(TOLERANCE) <= 0;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** @param signatures separated by spaces, as one secret may be following another */
    static boolean isValid(String secret, String id, String timestamp, byte[] body, String signatures) {
        var wanted = sign(secret, id, timestamp, body).getBytes(StandardCharsets.UTF_8);
        var valid = false;
        for (var signature : signatures.split(" ", -1)) {
            if (signature.startsWith("v1,")) {
                valid |= MessageDigest.isEqual(signature.substring(3).getBytes(StandardCharsets.UTF_8), wanted);
            }
        }
        return valid;
    }

    private static String sign(String secret, String id, String timestamp, byte[] body) {
        try {
            var key =
                    Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
