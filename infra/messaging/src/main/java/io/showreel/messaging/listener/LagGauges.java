package io.showreel.messaging.listener;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Shows how many records of each topic the group has not read, over all replicas. Taken from the brokers' offsets, which
 * tell the truth about a consumer that hangs, too. While the brokers don't answer there is no number.
 */
final class LagGauges implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LagGauges.class);
    private static final Duration EVERY = Duration.ofSeconds(15);

    private final Supplier<Set<String>> topics;
    private final KafkaBacklog backlog;
    private final MeterRegistry registry;
    private volatile Map<String, Long> unread = Map.of();
    private volatile @Nullable Thread thread;

    LagGauges(Supplier<Set<String>> topics, KafkaBacklog backlog, MeterRegistry registry) {
        this.topics = topics;
        this.backlog = backlog;
        this.registry = registry;
    }

    @Override
    public void start() {
        for (var topic : topics.get()) {
            Gauge.builder("showreel.listener.lag", this, gauges -> gauges.unread(topic))
                    .description("Records of a topic that this service has not read yet, over all its replicas")
                    .tag("topic", topic)
                    .register(registry);
        }
        thread = Thread.ofVirtual().name("lag-gauges").start(this::lookUntilStopped);
    }

    @Override
    public void stop() {
        var looking = thread;
        if (looking != null) {
            looking.interrupt();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private double unread(String topic) {
        var known = unread.get(topic);
        return known == null ? Double.NaN : known;
    }

    private void lookUntilStopped() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                unread = backlog.unread();
            } catch (ExecutionException | TimeoutException | KafkaException e) {
                unread = Map.of();
                log.debug("The lag is not known at the moment", e);
            }
            try {
                Thread.sleep(EVERY);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
