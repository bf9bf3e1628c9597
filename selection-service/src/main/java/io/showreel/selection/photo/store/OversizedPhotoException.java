package io.showreel.selection.photo.store;

/** A picture like any other, but too large to be looked at here. */
final class OversizedPhotoException extends Exception {

    OversizedPhotoException(String message) {
        super(message);
    }
}
