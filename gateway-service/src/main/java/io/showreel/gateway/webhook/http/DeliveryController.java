package io.showreel.gateway.webhook.http;

import io.showreel.gateway.access.Caller;
import io.showreel.gateway.job.Jobs;
import io.showreel.gateway.webhook.Deliveries;
import io.showreel.gateway.webhook.Delivery;
import io.showreel.gateway.webhook.Redelivery;
import io.showreel.web.ApiException;
import io.showreel.web.Created;
import io.showreel.web.IdempotencyKey;
import io.showreel.web.IdempotencyKeys;
import io.showreel.web.Listed;
import io.showreel.web.One;
import io.showreel.web.Paging;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Shows what receivers were told of a job, and tells them again. */
@RestController
@RequestMapping("/api/v3/jobs/{jobId}/webhook-deliveries")
class DeliveryController {

    private final Jobs jobs;
    private final Deliveries deliveries;
    private final Redelivery redelivery;
    private final IdempotencyKeys idempotency;

    DeliveryController(Jobs jobs, Deliveries deliveries, Redelivery redelivery, IdempotencyKeys idempotency) {
        this.jobs = jobs;
        this.deliveries = deliveries;
        this.redelivery = redelivery;
        this.idempotency = idempotency;
    }

    /** @param id the {@code webhook-id} of every try */
    record DeliveryView(
            UUID id,
            long jobId,
            String event,
            String url,
            Delivery.Status status,
            List<AttemptView> attempts,
            @Nullable Instant nextAttemptAt,
            Instant insertedAt,
            Instant updatedAt) {

        static DeliveryView of(Delivery delivery) {
            return new DeliveryView(
                    delivery.id(),
                    delivery.jobId(),
                    delivery.type(),
                    delivery.url(),
                    delivery.status(),
                    delivery.attempts().stream().map(AttemptView::of).toList(),
                    delivery.dueAt(),
                    delivery.insertedAt(),
                    delivery.updatedAt());
        }
    }

    /**
     * @param statusCode that the receiver answered; null if it did not
     * @param error why it does not count; null if it was delivered
     */
    record AttemptView(
            Instant at,
            long durationMs,
            @Nullable Integer statusCode,
            @Nullable String error) {

        static AttemptView of(Delivery.Attempt attempt) {
            return new AttemptView(attempt.at(), attempt.durationMs(), attempt.status(), attempt.error());
        }
    }

    @GetMapping
    Mono<Listed<DeliveryView>> list(@PathVariable long jobId, Paging paging, ServerWebExchange exchange) {
        return visible(jobId, exchange)
                .then(Mono.defer(() -> deliveries
                        .count(jobId)
                        .zipWith(deliveries
                                .list(jobId, paging.limit(), paging.offset())
                                .map(DeliveryView::of)
                                .collectList())))
                .map(both -> Listed.of(both.getT2(), both.getT1(), paging));
    }

    @PostMapping("/{deliveryId}/redeliver")
    Mono<One<DeliveryView>> redeliver(
            @PathVariable long jobId, @PathVariable UUID deliveryId, ServerWebExchange exchange) {
        var key = IdempotencyKey.of(exchange.getRequest(), Caller.of(exchange).name(), Map.of());
        return visible(jobId, exchange)
                .then(Mono.defer(() -> idempotency.once(
                        key,
                        redelivery
                                .ask(jobId, deliveryId)
                                .map(asked -> new Created<>(deliveryId.toString(), HttpStatus.OK, asked))
                                .switchIfEmpty(Mono.error(() -> ApiException.notFound("delivery of this job"))),
                        id -> deliveries.find(jobId, UUID.fromString(id)))))
                .map(done -> new One<>(DeliveryView.of(done.body())));
    }

    private Mono<Void> visible(long jobId, ServerWebExchange exchange) {
        return jobs.find(jobId)
                .filter(job -> Caller.of(exchange).sees(job.order().clientId()))
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("job")))
                .then();
    }
}
