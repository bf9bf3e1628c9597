package io.showreel.gateway.webhook;

import io.showreel.messaging.Chore;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** Forgets deliveries that ended long ago. */
@Component
class DeliverySweep {

    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int CHUNK = 1_000;

    private final Deliveries deliveries;
    private final WebhookSettings settings;
    private final Clock clock;

    DeliverySweep(Deliveries deliveries, WebhookSettings settings, Clock clock) {
        this.deliveries = deliveries;
        this.settings = settings;
        this.clock = clock;
    }

    @Bean
    Chore webhookSweep() {
        return new Chore("webhook-sweep", EVERY, this::sweep);
    }

    /** In chunks, so that no transaction takes long. */
    void sweep() {
        Long forgotten;
        do {
            forgotten = deliveries
                    .forget(clock.instant().minus(settings.keep()), CHUNK)
                    .block(PATIENCE);
        } while (forgotten != null && forgotten == CHUNK);
    }
}
