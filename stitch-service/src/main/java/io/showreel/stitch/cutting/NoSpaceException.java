package io.showreel.stitch.cutting;

import java.io.IOException;

/** The disk is too full; what is deleted meanwhile may let the work through. */
public final class NoSpaceException extends IOException {
    public NoSpaceException(String message) {
        super(message);
    }
}
