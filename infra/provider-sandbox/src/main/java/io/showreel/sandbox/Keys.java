package io.showreel.sandbox;

import io.showreel.sandbox.http.Request;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which keys are good, and whose they are: each key is an account of its own. */
public final class Keys {
    private static final Pattern NAME = Pattern.compile("[a-z]{1,20}");

    private final Set<String> known;

    /** @param known none: every key is good */
    public Keys(Set<String> known) {
        this.known = known;
    }

    /** The token of an {@code Authorization} header, if it has one of this scheme. */
    public static Optional<String> token(Request request, String scheme) {
        return request.header("authorization")
                .filter(header -> header.regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1))
                .map(header -> header.substring(scheme.length() + 1).trim())
                .filter(token -> !token.isEmpty());
    }

    /** A key that is a plain word names its account; others give a digest, so that no real key is ever shown. */
    public Optional<String> account(String token) {
        if (!known.isEmpty() && !known.contains(token)) {
            return Optional.empty();
        }
        return Optional.of(
                NAME.matcher(token).matches()
                        ? token
                        : "account-" + Ids.sha256(token).substring(0, 8));
    }
}
