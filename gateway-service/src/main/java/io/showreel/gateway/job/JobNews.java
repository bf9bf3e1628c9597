package io.showreel.gateway.job;

import io.showreel.contracts.job.JobEvent;
import java.util.List;
import reactor.core.publisher.Mono;

/** Hears what is announced of jobs, in the transaction of the change itself. */
public interface JobNews {

    /** @param job as it is after the change */
    Mono<Void> announced(StoredJob job, List<JobEvent> events);
}
