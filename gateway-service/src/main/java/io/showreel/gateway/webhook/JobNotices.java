package io.showreel.gateway.webhook;

import io.showreel.contracts.job.JobEvent;
import io.showreel.gateway.job.Ids;
import io.showreel.gateway.job.JobNews;
import io.showreel.gateway.job.StoredJob;
import io.showreel.messaging.LeasedWork;
import io.showreel.web.WebJson;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps a delivery for what a receiver wants to hear of, so that it is owed if and only if it happened. */
@Component
class JobNotices implements JobNews {

    private final Deliveries deliveries;
    private final LeasedWork work;
    private final WebhookSettings settings;
    private final Clock clock;

    JobNotices(Deliveries deliveries, LeasedWork work, WebhookSettings settings, Clock clock) {
        this.deliveries = deliveries;
        this.work = work;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Mono<Void> announced(StoredJob job, List<JobEvent> events) {
        return Flux.fromIterable(events)
                .concatMap(event -> Mono.justOrEmpty(Notice.of(job, event)))
                .concatMap(notice -> owe(job, notice))
                .then();
    }

    private Mono<Void> owe(StoredJob job, Notice notice) {
        var now = clock.instant();
        return deliveries
                .add(new Deliveries.NewDelivery(
                        Ids.next(),
                        job.id(),
                        job.order().clientId(),
                        notice.type(),
                        job.order().webhookUrl(),
                        WebJson.mapper().writeValueAsString(notice),
                        now.plus(settings.keepTrying())))
                .flatMap(receiver -> work.schedule(Dispatch.QUEUE, receiver, now));
    }
}
