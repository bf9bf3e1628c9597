package io.showreel.sandbox.prediction;

import java.nio.file.Path;

/** Makes what a prediction promises. */
public interface Maker {
    /** The finished file; the name's ending says its type. */
    Path make(Prediction prediction) throws MakingFailed, InterruptedException;

    /** The prediction itself can't succeed; the message is its error. */
    final class MakingFailed extends Exception {
        private static final long serialVersionUID = 1L;

        public MakingFailed(String message) {
            super(message);
        }
    }
}
