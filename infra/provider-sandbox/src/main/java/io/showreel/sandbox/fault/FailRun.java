package io.showreel.sandbox.fault;

import org.jspecify.annotations.Nullable;

/**
 * A prediction fails.
 *
 * @param failure one of the provider's own errors
 * @param error   instead of it: this text
 * @param running whether it fails at the end of its run and not before its start
 */
public record FailRun(@Nullable Failure failure, @Nullable String error, boolean running) implements RunFault {

    public FailRun {
        if (failure == null && error == null) {
            throw new IllegalArgumentException("a failed run needs a failure or an error");
        }
    }

    public String text() {
        if (error != null) {
            return error;
        }
        return failure == null ? "" : failure.text();
    }
}
