package io.showreel.gateway.webhook;

import io.showreel.gateway.webhook.Delivery.Attempt;
import io.showreel.messaging.Backoff;
import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseLostException;
import io.showreel.messaging.LeaseWorker;
import io.showreel.messaging.LeasedWork;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Brings deliveries to their receivers. What is leased is a receiver, not a delivery: each has its own few lanes, so that
 * a slow one keeps nobody but itself waiting, and is never met by more than these however many replicas there are.
 *
 * <p>A delivery is brought first and recorded then; who dies between the two leaves it due, and it is brought again under
 * the same id.
 */
@Component
class Dispatch {

    static final String QUEUE = "webhooks";

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How often new deliveries to a receiver are looked for while others are on their way to it. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Deliveries deliveries;
    private final Receivers receivers;
    private final Signatures signatures;
    private final Courier courier;
    private final LeasedWork work;
    private final TransactionalOperator transaction;
    private final WebhookSettings settings;
    private final Backoff waits;
    private final Clock clock;

    Dispatch(
            Deliveries deliveries,
            Receivers receivers,
            Signatures signatures,
            Courier courier,
            LeasedWork work,
            ReactiveTransactionManager transactions,
            WebhookSettings settings,
            Clock clock) {
        this.deliveries = deliveries;
        this.receivers = receivers;
        this.signatures = signatures;
        this.courier = courier;
        this.work = work;
        this.transaction = TransactionalOperator.create(transactions);
        this.settings = settings;
        this.waits = new Backoff(settings.firstRetry(), settings.longestRetry());
        this.clock = clock;
    }

    @Bean
    LeaseWorker webhooks() {
        return new LeaseWorker(QUEUE, settings.receivers(), LEASE, this::serve);
    }

    /** Tells one receiver all that is due, until nothing is. */
    void serve(Lease lease) throws InterruptedException {
        try (var lanes = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                serve(lease, new ExecutorCompletionService<>(lanes));
            } catch (InterruptedException e) {
                lanes.shutdownNow();
                throw e;
            }
        }
        await(deliveries
                .nextDue(lease.key())
                .flatMap(due -> work.postpone(lease, due).thenReturn(due))
                .switchIfEmpty(Mono.defer(() -> work.complete(lease).then(Mono.empty())))
                .as(transaction::transactional));
    }

    private void serve(Lease lease, CompletionService<UUID> lanes) throws InterruptedException {
        var underWay = new HashSet<UUID>();
        while (true) {
            if (!lease.isFresh()) {
                throw new LeaseLostException(lease);
            }
            for (var delivery : due(lease.key(), underWay)) {
                underWay.add(delivery.id());
                lanes.submit(() -> bring(delivery, lease));
            }
            if (underWay.isEmpty()) {
                return;
            }
            var ended = lanes.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            if (ended != null) {
                try {
                    underWay.remove(ended.get());
                } catch (ExecutionException e) {
                    throw new IllegalStateException("A delivery to " + lease.key() + " was not recorded", e.getCause());
                }
            }
        }
    }

    private List<Delivery> due(String receiver, HashSet<UUID> underWay) {
        int free = settings.lanes() - underWay.size();
        var found = free <= 0 ? null : await(deliveries.due(receiver, underWay, free));
        return found == null ? List.of() : found;
    }

    private UUID bring(Delivery delivery, Lease lease) throws InterruptedException {
        var at = clock.instant();
        var began = System.nanoTime();
        var reply = courier.bring(delivery, signatures.sign(delivery, at));
        if (Thread.interrupted()) {
            throw new InterruptedException("This replica stops; whoever comes next brings it again");
        }
        var verdict = Verdict.of(delivery, reply, waits, clock.instant());
        var took = Duration.ofNanos(System.nanoTime() - began).toMillis();
        var attempt = new Attempt(at, took, status(reply), error(reply, verdict));
        await(work.confirm(lease)
                .then(deliveries.record(delivery, attempt, verdict))
                .then(
                        verdict instanceof Verdict.Gone
                                ? receivers.gone(delivery.clientId(), delivery.url())
                                : Mono.empty())
                .as(transaction::transactional));
        return delivery.id();
    }

    private static @Nullable Integer status(Reply reply) {
        return reply instanceof Reply.Answered answered ? answered.status() : null;
    }

    private static @Nullable String error(Reply reply, Verdict verdict) {
        return switch (reply) {
            case Reply.Answered answered ->
                verdict instanceof Verdict.Delivered ? null : "It answered " + answered.status() + ".";
            case Reply.Unreached unreached -> unreached.reason();
            case Reply.Forbidden forbidden -> forbidden.reason();
        };
    }

    private static <T> @Nullable T await(Mono<T> statement) {
        return statement.block(PATIENCE);
    }
}
