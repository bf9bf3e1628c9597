package io.showreel.gateway.job;

import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.job.JobEvent;
import io.showreel.contracts.scene.SceneRequest;

/**
 * What the shell does because a job changed, in the job's own transaction; what is asked and announced leaves through the
 * outbox.
 */
public sealed interface Effect {

    record AskSelection(JobCommand command) implements Effect {}

    record AskScenes(SceneRequest request) implements Effect {}

    record Announce(JobEvent event) implements Effect {}

    /** The cut has ended; what it was made of and what was rendered for it can be returned to. */
    record Keep(Cut cut) implements Effect {}
}
