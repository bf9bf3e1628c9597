package io.showreel.render.retire;

import io.showreel.contracts.job.JobEvent;
import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseWorker;
import io.showreel.messaging.LeasedWork;
import io.showreel.messaging.Subscription;
import io.showreel.objects.ObjectStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Hears what the gateway gives up, and removes the files one by one. */
@Configuration(proxyBeanMethods = false)
class RetireTakes {

    private static final String QUEUE = "retire";
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LATER = Duration.ofSeconds(10);

    private final RetiredTakes takes;
    private final LeasedWork work;
    private final ObjectStore objects;
    private final InstantSource clock;

    RetireTakes(RetiredTakes takes, LeasedWork work, ObjectStore objects, InstantSource clock) {
        this.takes = takes;
        this.work = work;
        this.objects = objects;
        this.clock = clock;
    }

    @Bean
    Subscription<JobEvent> retirements() {
        return new Subscription<>(JobEvent.TOPIC, JobEvent.class, (event, delivery) -> record(event));
    }

    Mono<Void> record(JobEvent event) {
        return switch (event) {
            case JobEvent.MediaRetired retired -> schedule(Flux.fromIterable(retired.takes()));
            case JobEvent.JobDeleted deleted -> schedule(takes.ofJob(deleted.jobId()));
            default -> Mono.empty();
        };
    }

    private Mono<Void> schedule(Flux<UUID> given) {
        return given.concatMap(take -> work.schedule(QUEUE, take.toString(), clock.instant()))
                .then();
    }

    @Bean
    LeaseWorker retireWorker(TransactionalOperator transaction) {
        return new LeaseWorker(QUEUE, 1, LEASE, lease -> retire(lease)
                .as(transaction::transactional)
                .block(PATIENCE));
    }

    private Mono<Void> retire(Lease lease) {
        var take = UUID.fromString(lease.key());
        return takes.holdStill()
                .then(takes.isAnythingFetched())
                .flatMap(fetched -> fetched
                        ? work.postpone(lease, clock.instant().plus(LATER))
                        : takes.retire(take)
                                .then(takes.abandonedFile(take))
                                .flatMap(file -> Mono.<Void>fromRunnable(() -> objects.delete(file))
                                        .subscribeOn(Schedulers.boundedElastic()))
                                .then(work.complete(lease)));
    }
}
