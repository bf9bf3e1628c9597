package io.showreel.stitch.editing;

import io.showreel.stitch.editing.EditList.Transition;

/** A stretch of the film in one piece; clips are named by their place in the film, frames counted within each. */
public sealed interface Segment {

    int frames();

    /** Copied as it is, from a clean start up to a clean end. */
    record Body(int clip, int from, int until) implements Segment {
        @Override
        public int frames() {
            return until - from;
        }
    }

    /**
     * Encoded anew: the end of one clip from {@code from} on, the beginning of the next one up to {@code until}, and the
     * transition in which both are seen.
     *
     * @param end frames of the clip that goes
     */
    record Window(int clip, int from, int end, int until, Transition transition) implements Segment {
        @Override
        public int frames() {
            return leaving() + until - transition.frames();
        }

        /** Frames that the clip which goes has in it. */
        public int leaving() {
            return end - from;
        }
    }
}
