package io.showreel.messaging.listener;

import io.showreel.messaging.Backoff;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Has a poll whose infrastructure failed come again, however often it takes, while its partitions wait. Heartbeats go on
 * meanwhile; the wait is far below the time in which a consumer has to poll.
 */
final class RetryWithoutLimit implements CommonErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(RetryWithoutLimit.class);

    private final Backoff backoff;
    private final AtomicInteger failures = new AtomicInteger();

    RetryWithoutLimit(Backoff backoff) {
        this.backoff = backoff;
    }

    /** Tells this handler of successes, too: they end a row of failures. */
    BatchMessageListener<byte[], byte[]> watching(BatchMessageListener<byte[], byte[]> listener) {
        return polled -> {
            listener.onMessage(polled);
            failures.set(0);
        };
    }

    @Override
    public boolean seeksAfterHandling() {
        return true;
    }

    /** Nothing was handled, so no offset may be committed. */
    @Override
    public boolean isAckAfterHandle() {
        return false;
    }

    @Override
    public void handleBatch(
            Exception failure,
            ConsumerRecords<?, ?> polled,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable invokeListener) {
        for (var partition : polled.partitions()) {
            // One that was lost meanwhile is read again by its new owner.
            if (consumer.assignment().contains(partition)) {
                consumer.seek(partition, polled.records(partition).getFirst().offset());
            }
        }
        waitBefore("reading " + polled.partitions() + " again", failure, container);
    }

    /** A failed poll or commit. */
    @Override
    public void handleOtherException(
            Exception failure, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        waitBefore("polling again", failure, container);
    }

    private void waitBefore(String what, Exception failure, MessageListenerContainer container) {
        var pause = backoff.after(failures.incrementAndGet());
        var cause = failure.getCause() == null ? failure : failure.getCause();
        log.warn("Waiting {} ms before {}: {}", pause.toMillis(), what, cause.toString());
        log.debug("Handling failed", failure);
        try {
            ListenerUtils.stoppableSleep(container, pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
