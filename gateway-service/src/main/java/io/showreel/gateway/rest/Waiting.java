package io.showreel.gateway.rest;

import io.showreel.gateway.job.Jobs;
import io.showreel.gateway.job.StoredJob;
import io.showreel.gateway.live.Closing;
import io.showreel.gateway.live.LiveJobs;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Waits for a job without holding a thread. Woken by whichever replica changed it. All who wait for one job share one
 * look. When this replica shuts down, nobody is kept waiting.
 */
@Component
class Waiting {

    private static final Logger log = LoggerFactory.getLogger(Waiting.class);

    private final LongFunction<Mono<StoredJob>> jobs;
    private final LongFunction<Flux<Long>> versions;
    private final Mono<Void> closing;
    private final Map<Long, Mono<StoredJob>> looking = new ConcurrentHashMap<>();

    @Autowired
    Waiting(Jobs jobs, LiveJobs live, Closing closing) {
        this(jobs::find, live::versions, closing.begun());
    }

    Waiting(LongFunction<Mono<StoredJob>> jobs, LongFunction<Flux<Long>> versions, Mono<Void> closing) {
        this.jobs = jobs;
        this.versions = versions;
        this.closing = closing;
    }

    /** The job once it is as wished, or as it is when the time is over, or as it was if nobody can tell. Never an error. */
    Mono<StoredJob> until(StoredJob job, Predicate<StoredJob> wished, Duration atMost) {
        if (atMost.isZero() || wished.test(job)) {
            return Mono.just(job);
        }
        return versions.apply(job.id())
                .concatMap(version -> look(job.id(), version), 1)
                .filter(wished)
                .takeUntilOther(closing)
                .next()
                .timeout(atMost, Mono.defer(() -> jobs.apply(job.id())))
                .defaultIfEmpty(job)
                // The job is committed: no trouble with waiting for more may look as if it were not.
                .onErrorResume(trouble -> {
                    log.debug("Nobody waits for job {} any more", job.id(), trouble);
                    return Mono.just(job);
                });
    }

    private Mono<StoredJob> look(long jobId, long version) {
        return shared(jobId)
                // A shared look may have begun before the change that woke this one.
                .flatMap(seen -> seen.version() < version ? jobs.apply(jobId) : Mono.just(seen));
    }

    private Mono<StoredJob> shared(long jobId) {
        return Mono.defer(() -> looking.computeIfAbsent(
                jobId, id -> jobs.apply(id).doFinally(end -> looking.remove(id)).cache()));
    }
}
