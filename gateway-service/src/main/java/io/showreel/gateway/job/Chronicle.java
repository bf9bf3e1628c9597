package io.showreel.gateway.job;

import reactor.core.publisher.Mono;

/** Keeps what happened to a job for those who ask later; in the transaction that changes the job. */
public interface Chronicle {

    /** @param before {@link Job.Unborn} for a new job */
    Mono<Void> write(Job before, StoredJob after);
}
