package io.showreel.gateway.job;

import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.job.JobEvent;
import io.showreel.contracts.scene.SceneRequest;

/** What the shell does because a job changed; each leaves through the outbox, in the job's own transaction. */
public sealed interface Effect {

    record AskSelection(JobCommand command) implements Effect {}

    record AskScenes(SceneRequest request) implements Effect {}

    record Announce(JobEvent event) implements Effect {}
}
