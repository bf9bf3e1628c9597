package io.showreel.gateway.webhook;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Has a delivery brought once more because a person asks for it. */
@Component
public class Redelivery {

    private final Deliveries deliveries;
    private final Arrivals arrivals;
    private final WebhookSettings settings;
    private final Clock clock;

    Redelivery(Deliveries deliveries, Arrivals arrivals, WebhookSettings settings, Clock clock) {
        this.deliveries = deliveries;
        this.arrivals = arrivals;
        this.settings = settings;
        this.clock = clock;
    }

    /** Joins the caller's transaction; the delivery as it is then, or empty if the job has no such delivery. */
    public Mono<Delivery> ask(long jobId, UUID id) {
        return Mono.defer(() -> {
            var now = clock.instant();
            return deliveries
                    .again(jobId, id, now.plus(settings.keepTrying()))
                    .flatMap(receiver -> arrivals.announce(receiver, id, now).thenReturn(receiver))
                    .flatMap(receiver -> deliveries.find(jobId, id));
        });
    }
}
