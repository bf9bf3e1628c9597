package io.showreel.asset.job;

import io.showreel.contracts.job.JobEvent;
import io.showreel.messaging.Subscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Listens to what the gateway says about its jobs. */
@Configuration(proxyBeanMethods = false)
class JobConfiguration {

    @Bean
    Subscription<JobEvent> jobEvents(Jobs jobs) {
        return new Subscription<>(JobEvent.TOPIC, JobEvent.class, (event, delivery) -> jobs.record(event));
    }
}
