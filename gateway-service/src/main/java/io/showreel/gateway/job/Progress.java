package io.showreel.gateway.job;

/** How far a job is towards its first film, in percent. */
final class Progress {

    static final int READY = 10;

    private Progress() {}

    /** Another selection does not take back what was reached. */
    static int of(Job.Selecting selecting) {
        return selecting.shown() == null ? 0 : READY;
    }

    static int of(Cut cut) {
        return READY + cut.percent() * (99 - READY) / 100;
    }
}
