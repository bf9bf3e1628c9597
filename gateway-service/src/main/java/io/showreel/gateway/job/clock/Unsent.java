package io.showreel.gateway.job.clock;

/** What this service has said and nobody can have heard yet. */
public interface Unsent {

    /** Whether a message waits in the outbox for longer than sending one takes. Blocks. */
    boolean isStuck();
}
