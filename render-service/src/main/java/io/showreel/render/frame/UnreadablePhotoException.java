package io.showreel.render.frame;

/** The photo is damaged, or of a kind that can't be read: trying again won't help. */
public class UnreadablePhotoException extends Exception {
    UnreadablePhotoException(String message) {
        super(message);
    }
}
