package io.showreel.messaging.listener;

import io.showreel.messaging.Backoff;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Creates the topics that this service writes ({@code NewTopic} beans) and its dead-letter topics. In the background, and
 * again until it succeeds: a service starts without Kafka, and its topics are there once Kafka is.
 */
final class TopicDeclarations implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TopicDeclarations.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final KafkaAdmin admin;
    private volatile @Nullable Thread thread;

    TopicDeclarations(KafkaAdmin admin) {
        this.admin = admin;
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("topic-declarations").start(this::declareUntilDone);
    }

    @Override
    public void stop() {
        var declaring = thread;
        if (declaring != null) {
            declaring.interrupt();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void declareUntilDone() {
        for (var failures = 1; !declared(); failures++) {
            try {
                Thread.sleep(BACKOFF.after(failures));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean declared() {
        try {
            return admin.initialize();
        } catch (RuntimeException e) {
            log.warn("The topics are not declared yet: {}", e.toString());
            return false;
        }
    }
}
