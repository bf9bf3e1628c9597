package io.showreel.sandbox.prediction;

import java.util.Locale;

/** What Replicate says of a prediction. */
public enum Status {
    STARTING,
    PROCESSING,
    SUCCEEDED,
    FAILED,
    CANCELED,
    ABORTED;

    public boolean isTerminal() {
        return this != STARTING && this != PROCESSING;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
