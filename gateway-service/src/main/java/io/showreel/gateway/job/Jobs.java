package io.showreel.gateway.job;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All jobs. What changes or locks one joins the caller's transaction. */
public interface Jobs {

    /** An id for a new job, and which film of its campaign it is. Ids and numbers may be left out, never repeated. */
    Mono<Numbers> number(UUID campaignId);

    Mono<StoredJob> insert(Job state);

    /** The job, which nobody else changes until the transaction ends; empty if there is none. */
    Mono<StoredJob> lock(long jobId);

    /** As {@link #lock}, but empty also if somebody else has it. */
    Mono<StoredJob> lockIfFree(long jobId);

    Mono<StoredJob> save(StoredJob before, Job after);

    /** Removes the job with all that is kept of it. */
    Mono<StoredJob> delete(StoredJob before, Job after);

    Mono<StoredJob> find(long jobId);

    /**
     * Whether any job has this scene.
     *
     * @param visibleClients those whose jobs the caller may see; empty for all
     */
    Mono<Boolean> knowsScene(UUID sceneId, Set<UUID> visibleClients);

    /** Newest first. */
    Flux<StoredJob> list(Filter filter, int limit, int offset);

    Mono<Long> count(Filter filter);

    /**
     * Jobs whose time is up, the longest first.
     *
     * @param withSelections whether jobs that wait for their selection are meant too
     */
    Mono<List<Long>> due(Instant now, boolean withSelections, int limit);

    record Numbers(long jobId, int film) {}

    /**
     * Which jobs are meant; null or empty for any.
     *
     * @param visibleClients those whose jobs the caller may see
     */
    record Filter(
            @Nullable Long jobId,
            @Nullable String status,
            @Nullable UUID campaignId,
            @Nullable UUID clientId,
            Set<UUID> visibleClients,
            boolean withFilm) {}
}
