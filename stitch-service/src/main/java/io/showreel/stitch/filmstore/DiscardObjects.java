package io.showreel.stitch.filmstore;

import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseWorker;
import io.showreel.messaging.LeasedWork;
import io.showreel.objects.ObjectStore;
import io.showreel.stitch.assembly.Claims;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Deletes the objects that no cut claims any more. */
@Configuration(proxyBeanMethods = false)
class DiscardObjects {

    /** The queue of leased work that holds the names to be looked at. */
    static final String QUEUE = "discard";

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Bean
    LeaseWorker discardWorker(
            Claims claims, KeptReels reels, ObjectStore objects, LeasedWork work, TransactionalOperator transaction) {
        return new LeaseWorker(QUEUE, 1, LEASE, lease -> discard(lease, claims, reels, objects)
                .then(work.complete(lease))
                .as(transaction::transactional)
                .block(PATIENCE));
    }

    /** The name stays locked while its object goes, so that nobody claims what is about to vanish. */
    private static Mono<Void> discard(Lease lease, Claims claims, KeptReels reels, ObjectStore objects) {
        return claims.isClaimed(lease.key())
                .flatMap(claimed -> claimed
                        ? Mono.empty()
                        : reels.forget(lease.key())
                                .then(Mono.<Void>fromRunnable(() -> delete(lease.key(), objects))
                                        .subscribeOn(Schedulers.boundedElastic())));
    }

    private static void delete(String name, ObjectStore objects) {
        try (var found = objects.list(name)) {
            found.toList().forEach(objects::delete);
        }
    }
}
