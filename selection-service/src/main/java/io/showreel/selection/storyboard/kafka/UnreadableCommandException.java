package io.showreel.selection.storyboard.kafka;

import org.jspecify.annotations.Nullable;

/** A record that nobody will ever be able to read. */
final class UnreadableCommandException extends RuntimeException {

    UnreadableCommandException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
