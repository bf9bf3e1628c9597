package io.showreel.render.account;

import java.time.Instant;

/**
 * Why an account submits nothing until the provider proves to be of another mind. The queue waits; now and then one
 * submission finds out.
 */
public record Hold(Kind kind, String message, Instant since) {

    public enum Kind {
        /** HTTP 402: no credit, or a spending limit at the provider. */
        UNPAID("The provider account has no credit left"),
        /** HTTP 401 or 403: the key is wrong, or was revoked. */
        UNAUTHENTICATED("The provider refuses the account's key"),
        UNREACHABLE("The provider can't be reached"),
        /** HTTP 5xx, or no answer, to one submission after the other. */
        FALTERING("The provider doesn't answer as it should");

        private final String sentence;

        Kind(String sentence) {
            this.sentence = sentence;
        }
    }

    /** For a person. */
    public String sentence() {
        return kind.sentence + ": " + message;
    }
}
