package io.showreel.render.follow;

import java.io.IOException;

/** An output that is not what was asked for, or must not be fetched: trying again will hardly help. */
final class UnusableOutputException extends IOException {
    private static final long serialVersionUID = 1L;

    UnusableOutputException(String message) {
        super(message);
    }
}
