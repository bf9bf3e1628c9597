package io.showreel.gateway.webhook;

import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseWorker;
import io.showreel.messaging.LeasedWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Hands new deliveries on to the work of their receivers. Jobs that are told of at the same address change at the same
 * time: if each touched the one row of their receiver in its own transaction, they would wait for each other, and batches
 * of them in a circle. A row of its own for each delivery is nobody else's.
 */
@Component
class Arrivals {

    private static final String QUEUE = "webhook-arrivals";
    private static final char BETWEEN = '/';
    private static final int CONCURRENCY = 4;
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LeasedWork work;
    private final TransactionalOperator transaction;
    private final Clock clock;

    Arrivals(LeasedWork work, ReactiveTransactionManager transactions, Clock clock) {
        this.work = work;
        this.transaction = TransactionalOperator.create(transactions);
        this.clock = clock;
    }

    /** Joins the caller's transaction. */
    Mono<Void> announce(String receiver, UUID delivery, Instant now) {
        return work.schedule(QUEUE, receiver + BETWEEN + delivery, now);
    }

    @Bean
    LeaseWorker webhookArrivals() {
        return new LeaseWorker(QUEUE, CONCURRENCY, LEASE, this::handOn);
    }

    private void handOn(Lease lease) {
        var receiver = lease.key().substring(0, lease.key().indexOf(BETWEEN));
        work.schedule(Dispatch.QUEUE, receiver, clock.instant())
                .then(work.complete(lease))
                .as(transaction::transactional)
                .block(PATIENCE);
    }
}
