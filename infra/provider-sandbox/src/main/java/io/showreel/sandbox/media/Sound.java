package io.showreel.sandbox.media;

/** A sound as a function of time, for one ear after the other. */
interface Sound {
    double seconds();

    /** The sample at a moment, between -1 and 1. Moments rise. */
    double at(double second, boolean leftEar);
}
