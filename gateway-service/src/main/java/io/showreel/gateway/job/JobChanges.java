package io.showreel.gateway.job;

/** Hears of each committed change of a job on this replica. Must neither block nor fail. */
public interface JobChanges {

    void changed(long jobId, long version);
}
