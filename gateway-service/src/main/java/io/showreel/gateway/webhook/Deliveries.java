package io.showreel.gateway.webhook;

import io.showreel.gateway.webhook.Delivery.Attempt;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All deliveries. What changes one joins the caller's transaction. */
public interface Deliveries {

    /**
     * Keeps a notice for the given address, or else for the client's own.
     *
     * @return whose work it is now; empty if there is neither address
     */
    Mono<String> add(NewDelivery delivery);

    /** Deliveries of a receiver whose time has come, the longest waiting first. */
    Mono<List<Delivery>> due(String receiver, Collection<UUID> except, int limit);

    /** When a receiver is told next; empty if nothing waits for it. */
    Mono<Instant> nextDue(String receiver);

    /** Keeps what became of a try. */
    Mono<Void> record(Delivery delivery, Attempt attempt, Verdict verdict);

    /**
     * Asks for a delivery of this job once more, whatever became of it.
     *
     * @return whose work it is now; empty if the job has no such delivery
     */
    Mono<String> again(long jobId, UUID id, Instant giveUpAt);

    Mono<Delivery> find(long jobId, UUID id);

    /** Newest first. */
    Flux<Delivery> list(long jobId, int limit, int offset);

    Mono<Long> count(long jobId);

    /** Forgets what has ended and is older. */
    Mono<Long> forget(Instant before, int limit);

    /** @param url the job's own; null for the client's */
    record NewDelivery(
            UUID id,
            long jobId,
            UUID clientId,
            String type,
            @Nullable String url,
            String body,
            Instant giveUpAt) {}
}
