package io.showreel.render.follow;

import io.showreel.messaging.LeaseWorker;
import io.showreel.messaging.LeasedWork;
import io.showreel.render.account.AccountSettings;
import io.showreel.render.studio.replicate.ReplicateSettings;
import io.showreel.render.take.Queues;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.reactive.TransactionalOperator;

@Configuration(proxyBeanMethods = false)
class FollowWorkers {

    private static final int CANCELS_AT_ONCE = 4;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Bean
    LeaseWorker followTakes(
            FollowTake follow, FollowSettings settings, AccountSettings account, ReplicateSettings replicate) {
        var concurrency = account.maxConcurrency() + settings.copiesAtOnce();
        return new LeaseWorker(Queues.follow(replicate.account()), concurrency, settings.lease(), follow)
                .endingWithItsOwner();
    }

    @Bean
    LeaseWorker giveUpForsakenTakes(ForsakenTakes forsaken, FollowSettings settings) {
        return new LeaseWorker(ForsakenTakes.QUEUE, 1, settings.lease(), forsaken);
    }

    @Bean
    ApplicationRunner lookForForsakenTakes(LeasedWork work, InstantSource clock, TransactionalOperator tx) {
        return arguments -> work.schedule(ForsakenTakes.QUEUE, ForsakenTakes.QUEUE, clock.instant())
                .as(tx::transactional)
                .block(TIMEOUT);
    }

    @Bean
    LeaseWorker lookBackOnAttempts(LookBack lookBack, FollowSettings settings, ReplicateSettings replicate) {
        return new LeaseWorker(Queues.lookBack(replicate.account()), 1, settings.lease(), lookBack)
                .endingWithItsOwner();
    }

    @Bean
    LeaseWorker cancelPredictions(CancelPrediction cancel, FollowSettings settings, ReplicateSettings replicate) {
        return new LeaseWorker(Queues.cancel(replicate.account()), CANCELS_AT_ONCE, settings.lease(), cancel)
                .endingWithItsOwner();
    }
}
