package io.showreel.selection.storyboard.kafka;

/** The service ends while it selects: the command stays where it is, for whoever reads it next. */
final class StoppedException extends RuntimeException {

    StoppedException(InterruptedException cause) {
        super("Stopped while selecting", cause);
    }
}
