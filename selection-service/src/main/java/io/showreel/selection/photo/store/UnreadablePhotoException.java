package io.showreel.selection.photo.store;

/** These bytes are no picture that can be decoded; trying again won't help. */
final class UnreadablePhotoException extends Exception {

    UnreadablePhotoException(String message) {
        super(message);
    }
}
