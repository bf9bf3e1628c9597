package io.showreel.messaging.listener;

import io.showreel.messaging.Backoff;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/**
 * Starts and stops the containers with the application. Starts them in the background and again until it succeeds: a
 * broker whose name does not even resolve yet is no reason for a service not to be up.
 */
final class Listeners implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final List<ConcurrentMessageListenerContainer<byte[], byte[]>> containers;
    private volatile @Nullable Thread starter;

    Listeners(List<ConcurrentMessageListenerContainer<byte[], byte[]>> containers) {
        this.containers = containers;
    }

    @Override
    public void start() {
        starter = Thread.ofVirtual()
                .name("listeners-start")
                .start(() -> containers.forEach(Listeners::startPersistently));
    }

    @Override
    public void stop() {
        var starting = starter;
        if (starting != null) {
            starting.interrupt();
            try {
                starting.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            starter = null;
        }
        // All at once first, then each to its end.
        var stopping = containers.stream()
                .map(container -> Thread.ofVirtual().start(container::stop))
                .toList();
        for (var each : stopping) {
            try {
                each.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return starter != null;
    }

    /** Stops before everything that handlers use. */
    @Override
    public int getPhase() {
        return AbstractMessageListenerContainer.DEFAULT_PHASE;
    }

    private static void startPersistently(ConcurrentMessageListenerContainer<byte[], byte[]> container) {
        for (var failures = 1; !Thread.currentThread().isInterrupted(); failures++) {
            try {
                container.start();
                return;
            } catch (KafkaException e) {
                log.warn("{} can't be read yet: {}", container.getListenerId(), e.toString());
                container.stop();
                try {
                    Thread.sleep(BACKOFF.after(failures));
                } catch (InterruptedException interruption) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
