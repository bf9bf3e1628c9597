package io.showreel.gateway.webhook;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Forgets deliveries that ended long ago. */
@Component
class DeliverySweep implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeliverySweep.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int CHUNK = 1_000;

    private final Deliveries deliveries;
    private final WebhookSettings settings;
    private final Clock clock;
    private volatile @Nullable Thread thread;

    DeliverySweep(Deliveries deliveries, WebhookSettings settings, Clock clock) {
        this.deliveries = deliveries;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("webhook-sweep").start(this::sweepUntilStopped);
    }

    @Override
    public void stop() {
        var sweeping = thread;
        if (sweeping != null) {
            sweeping.interrupt();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void sweepUntilStopped() {
        try {
            while (true) {
                try {
                    sweep();
                } catch (RuntimeException e) {
                    log.warn("Old webhook deliveries are forgotten later: {}", e.toString());
                }
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
