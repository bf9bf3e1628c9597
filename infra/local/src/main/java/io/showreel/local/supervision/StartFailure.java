package io.showreel.local.supervision;

/** Showreel cannot come up; the message tells a person why. */
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StartFailure(String message) {
        super(message);
    }
}
