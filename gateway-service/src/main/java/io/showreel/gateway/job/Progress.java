package io.showreel.gateway.job;

/** How far a job is towards its first film, in percent. */
final class Progress {

    static final int READY = 10;

    private Progress() {}

    static int of(Cut cut) {
        return READY + cut.percent() * (99 - READY) / 100;
    }
}
