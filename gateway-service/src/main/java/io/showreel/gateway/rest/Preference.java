package io.showreel.gateway.rest;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How long a client is willing to wait for the outcome (RFC 7240).
 *
 * @param async it wants the answer at once, and will ask again
 */
record Preference(boolean async, Duration patience) {

    private static final Duration USUAL = Duration.ofSeconds(20);
    private static final long LONGEST = 60;

    static Preference of(List<String> headers) {
        return of(headers, USUAL);
    }

    /** @param unsaid the patience of a client that says nothing of it */
    static Preference of(List<String> headers, Duration unsaid) {
        boolean async = false;
        var wait = unsaid;
        for (var header : headers) {
            for (var part : header.split("[,;]", -1)) {
                var preference = part.strip().toLowerCase(Locale.ROOT);
                if (preference.equals("respond-async")) {
                    async = true;
                } else if (preference.matches("wait\\s*=\\s*\"?\\d{1,9}\"?")) {
                    long seconds = Long.parseLong(preference.replaceAll("\\D", ""));
                    wait = Duration.ofSeconds(Math.min(LONGEST, seconds));
                }
            }
        }
        return new Preference(async, async ? Duration.ZERO : wait);
    }
}
