package io.showreel.asset.media;

import java.io.IOException;

/** A file could not be written down; the disk may be full. */
final class ReceptionException extends RuntimeException {

    ReceptionException(IOException cause) {
        super("An upload could not be written to disk", cause);
    }
}
