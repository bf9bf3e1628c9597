package io.showreel.gateway.lab;

import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.storyboard.StoryboardEvent.StoryboardSelected;
import reactor.core.publisher.Mono;

/** Selections that belong to no job. */
interface Selections {

    /** Chooses at once; an error with {@link io.showreel.web.ApiException} if it can't be done. */
    Mono<StoryboardSelected> select(JobCommand.SelectScenes command);
}
