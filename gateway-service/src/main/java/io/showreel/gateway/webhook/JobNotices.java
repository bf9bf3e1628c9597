package io.showreel.gateway.webhook;

import io.showreel.contracts.job.JobEvent;
import io.showreel.gateway.job.Ids;
import io.showreel.gateway.job.JobNews;
import io.showreel.gateway.job.StoredJob;
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
    private final Arrivals arrivals;
    private final WebhookSettings settings;
    private final Clock clock;

    JobNotices(Deliveries deliveries, Arrivals arrivals, WebhookSettings settings, Clock clock) {
        this.deliveries = deliveries;
        this.arrivals = arrivals;
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
        var id = Ids.next();
        return deliveries
                .add(new Deliveries.NewDelivery(
                        id,
                        job.id(),
                        job.order().clientId(),
                        notice.type(),
                        job.order().webhookUrl(),
                        WebJson.mapper().writeValueAsString(notice),
                        now.plus(settings.keepTrying())))
                .flatMap(receiver -> arrivals.announce(receiver, id, now));
    }
}
