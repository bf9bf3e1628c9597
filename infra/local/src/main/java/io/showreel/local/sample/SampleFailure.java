package io.showreel.local.sample;

/** The sample's film was not made; the message tells a person why. */
public final class SampleFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    SampleFailure(String message) {
        super(message);
    }
}
