package io.showreel.selection.storyboard.kafka;

import io.showreel.selection.storyboard.metrics.SelectionMeters;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.binder.kafka.ListenerContainerWithDlqAndRetryCustomizer;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.integration.MessageDispatchingException;
import org.springframework.integration.MessageTimeoutException;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareRecordRecoverer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.stereotype.Component;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * What becomes of a command that could not be handled. While Kafka is to blame its partition waits, for as long as it
 * takes; what is unreadable goes to the dead letters at once, and what we fail at ourselves after the binding's tries.
 */
@Component
class FailedCommands implements ListenerContainerWithDlqAndRetryCustomizer {

    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 5000;
    /** A fetch that brought nothing is followed by the next one only when the consumer polls anew. */
    private static final long POLL_MS = 100;

    private final KafkaOperations<?, ?> deadLetters;
    private final SelectionMeters meters;

    FailedCommands(KafkaOperations<?, ?> deadLetters, SelectionMeters meters) {
        this.deadLetters = deadLetters;
        this.meters = meters;
    }

    @Override
    public boolean retryAndDlqInBinding(String destination, String group) {
        return false;
    }

    @Override
    public void configure(
            AbstractMessageListenerContainer<?, ?> container,
            String destination,
            String group,
            @Nullable BiFunction<ConsumerRecord<?, ?>, Exception, TopicPartition> deadLetterOf,
            @Nullable BackOff tries) {
        if (deadLetterOf == null || tries == null) {
            throw new IllegalStateException(destination + " needs enable-dlq and max-attempts above 1");
        }
        var handler = new DefaultErrorHandler(
                counted(new DeadLetterPublishingRecoverer(deadLetters, deadLetterOf::apply)), tries);
        handler.addNotRetryableExceptions(UnreadableCommandException.class);
        handler.setBackOffFunction((failed, failure) -> isPassing(failure) ? withoutLimit() : null);
        container.setCommonErrorHandler(handler);
        container
                .getContainerProperties()
                .setListenerTaskExecutor(new VirtualThreadTaskExecutor(container.getBeanName() + "-"));
        container.getContainerProperties().setPollTimeout(POLL_MS);
    }

    private ConsumerAwareRecordRecoverer counted(ConsumerAwareRecordRecoverer recoverer) {
        return (failed, consumer, failure) -> {
            recoverer.accept(failed, consumer, failure);
            meters.deadLetter();
        };
    }

    private static BackOff withoutLimit() {
        var backOff = new ExponentialBackOff(FIRST_PAUSE_MS, 2);
        backOff.setMaxInterval(LONGEST_PAUSE_MS);
        return backOff;
    }

    static boolean isPassing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case RecordTooLargeException e -> {
                    return false;
                }
                case SerializationException e -> {
                    return false;
                }
                case ApiException e -> {
                    return true;
                }
                case MessageTimeoutException e -> {
                    return true;
                }
                case MessageDispatchingException e -> {
                    return true;
                }
                case StoppedException e -> {
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }
}
