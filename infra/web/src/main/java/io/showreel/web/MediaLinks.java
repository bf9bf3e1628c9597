package io.showreel.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriUtils;

/**
 * Links to media, which browsers load without headers: signed over path, version and expiry (HMAC-SHA256). The expiry
 * is a midnight (UTC), so that the same resource has the same link all day and its ETag stays. Without a secret, links
 * carry the version alone.
 */
public final class MediaLinks {

    private static final String ALGORITHM = "HmacSHA256";
    private static final long DAY = Duration.ofDays(1).toSeconds();
    private static final Duration A_YEAR = Duration.ofDays(365);

    private final @Nullable SecretKeySpec secret;
    private final Duration validity;
    private final Clock clock;

    public MediaLinks(MediaSettings settings, Clock clock) {
        var given = settings.secret();
        this.secret = given == null || given.isBlank()
                ? null
                : new SecretKeySpec(given.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.validity = settings.validity();
        this.clock = clock;
    }

    /** Whether links are signed at all. */
    public boolean sign() {
        return secret != null;
    }

    /**
     * A link to a version of a resource.
     *
     * @param path the path that clients see, without a query
     * @param v the version; what it names never changes
     */
    public String link(String path, String v) {
        var link = path + "?v=" + UriUtils.encode(v, StandardCharsets.UTF_8);
        var key = secret;
        if (key == null) {
            return link;
        }
        var expires = expiryFor(clock.instant());
        return link + "&expires=" + expires + "&signature=" + signature(key, path, v, expires);
    }

    /** The midnight (epoch seconds) at which links made now end; it belongs into the ETag of what holds links. */
    public long expiry() {
        return expiryFor(clock.instant());
    }

    /** Whether this is a link of ours that still works. Always false without a secret. */
    public boolean verify(
            String path, @Nullable String v, @Nullable String expires, @Nullable String signature, Instant now) {
        var key = secret;
        if (key == null || v == null || expires == null || signature == null) {
            return false;
        }
        long end;
        try {
            end = Long.parseLong(expires);
        } catch (NumberFormatException e) {
            return false;
        }
        var expected = signature(key, path, v, end).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))
                && now.getEpochSecond() < end;
    }

    /** As {@link #verify(String, String, String, String, Instant)}, with what the query of a request says. */
    public boolean verify(String path, MultiValueMap<String, String> query) {
        return verify(
                path, query.getFirst("v"), query.getFirst("expires"), query.getFirst("signature"), clock.instant());
    }

    /**
     * How long the answer to such a request may be cached: what has a version never changes, but a signed link shall
     * not outlive its signature; without a version it has to be asked for each time.
     */
    public String cacheControl(String path, MultiValueMap<String, String> query) {
        if (query.getFirst("v") == null) {
            return "no-cache";
        }
        if (!sign()) {
            return "public, max-age=" + A_YEAR.toSeconds() + ", immutable";
        }
        var expires = query.getFirst("expires");
        var seconds = expires != null && verify(path, query)
                ? Long.parseLong(expires) - clock.instant().getEpochSecond()
                : A_YEAR.toSeconds();
        return "private, max-age=" + seconds + ", immutable";
    }

    private long expiryFor(Instant now) {
        var earliest = now.plus(validity).getEpochSecond();
        return Math.ceilDiv(earliest, DAY) * DAY;
    }

    private static String signature(SecretKeySpec key, String path, String v, long expires) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            var signed = mac.doFinal((path + '\n' + v + '\n' + expires).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }
}
