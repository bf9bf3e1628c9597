package io.showreel.observability;

import java.util.List;

/** The environment holds settings that nobody knows. */
public final class UnknownVariableException extends RuntimeException {

    UnknownVariableException(List<String> unknown) {
        super("Unknown environment variables: " + String.join(", ", unknown));
    }
}
