package io.showreel.gateway.timeline;

import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** What happened to all jobs. */
public interface Timeline {

    /** Joins the caller's transaction, which has locked the job. */
    Mono<Void> append(long jobId, Instant occurredAt, List<Happening> happenings);

    /** The moments after one, oldest first; 0 for all. */
    Mono<List<Moment>> after(long jobId, long id, int limit);

    /** Oldest first. */
    Mono<List<Moment>> page(long jobId, int limit, int offset);

    Mono<Long> count(long jobId);
}
