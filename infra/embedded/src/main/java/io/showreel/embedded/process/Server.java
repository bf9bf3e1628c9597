package io.showreel.embedded.process;

/** A server that can be started as a child process, and started again over the same data. */
public interface Server {

    /** Makes everything ready for a start over whatever an earlier run left, and says what to run. */
    Program prepare();

    /** Whether it answers now. */
    boolean isReady();
}
