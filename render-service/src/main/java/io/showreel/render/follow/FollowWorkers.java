package io.showreel.render.follow;

import io.showreel.messaging.LeaseWorker;
import io.showreel.render.start.StartSettings;
import io.showreel.render.take.Queues;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class FollowWorkers {

    private static final int CANCELS_AT_ONCE = 4;

    @Bean
    LeaseWorker followTakes(FollowTake follow, FollowSettings settings, StartSettings start) {
        var concurrency = start.maxConcurrency() + settings.copiesAtOnce();
        return new LeaseWorker(Queues.FOLLOW, concurrency, settings.lease(), follow);
    }

    @Bean
    LeaseWorker cancelPredictions(CancelPrediction cancel, FollowSettings settings) {
        return new LeaseWorker(Queues.CANCEL, CANCELS_AT_ONCE, settings.lease(), cancel);
    }
}
