package io.showreel.render.follow;

import io.showreel.messaging.LeaseWorker;
import io.showreel.render.account.AccountSettings;
import io.showreel.render.studio.replicate.ReplicateSettings;
import io.showreel.render.take.Queues;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class FollowWorkers {

    private static final int CANCELS_AT_ONCE = 4;

    @Bean
    LeaseWorker followTakes(
            FollowTake follow, FollowSettings settings, AccountSettings account, ReplicateSettings replicate) {
        var concurrency = account.maxConcurrency() + settings.copiesAtOnce();
        return new LeaseWorker(Queues.follow(replicate.account()), concurrency, settings.lease(), follow)
                .endingWithItsOwner();
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
