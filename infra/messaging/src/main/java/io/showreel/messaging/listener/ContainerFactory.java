package io.showreel.messaging.listener;

import io.micrometer.core.instrument.MeterRegistry;
import io.showreel.messaging.Subscription;
import io.showreel.messaging.inbox.Inbox;
import io.showreel.observability.tracing.Spans;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Makes the container of a subscription. Records are polled as raw bytes and read by {@link RecordReader}, so that an
 * unreadable one is a record like any other until it is a dead letter.
 */
final class ContainerFactory {

    /**
     * Short, as a fetch that brought nothing is followed by the next one only when the consumer polls anew, or at its
     * heartbeat: until then it is deaf. A tenth of this would cost half a core for nothing: each poll is dear.
     */
    private static final Duration POLL = Duration.ofMillis(100);

    /**
     * Longer than the pauses of a topic on which anything happens: each fetch that brings nothing is followed by up to
     * {@link #POLL} of deafness, which at the usual half second was what the slowest hundredth of messages waited for.
     * What a consumer is given newly waits as long for its first fetch.
     */
    private static final Duration FETCH = Duration.ofSeconds(2);

    private final Group group;
    private final Inbox inbox;
    private final DeadLetters deadLetters;
    private final TransactionalOperator transaction;
    private final ListenerSettings settings;
    private final MeterRegistry registry;
    private final Spans spans;
    private final DefaultKafkaConsumerFactory<byte[], byte[]> consumers;

    ContainerFactory(
            Map<String, Object> kafka,
            Group group,
            Inbox inbox,
            DeadLetters deadLetters,
            TransactionalOperator transaction,
            ListenerSettings settings,
            MeterRegistry registry,
            Spans spans) {
        this.group = group;
        this.inbox = inbox;
        this.deadLetters = deadLetters;
        this.transaction = transaction;
        this.settings = settings;
        this.registry = registry;
        this.spans = spans;
        this.consumers = new DefaultKafkaConsumerFactory<>(
                consumer(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    <T> ConcurrentMessageListenerContainer<byte[], byte[]> containerOf(Subscription<T> subscription) {
        var retry = new RetryWithoutLimit(settings.backoff());
        var meters = new ListenerMeters(registry, subscription.topic());
        var listener =
                new SubscriptionListener<>(subscription, inbox, deadLetters, transaction, settings, meters, spans);
        var properties = new ContainerProperties(subscription.topic());
        properties.setGroupId(group.id());
        properties.setClientId(group.id() + "-" + subscription.topic());
        properties.setMessageListener(retry.watching(meters.timing(listener)));
        properties.setAckMode(ContainerProperties.AckMode.BATCH);
        // The next poll need not wait for the offsets: what is delivered again, the inbox knows.
        properties.setSyncCommits(false);
        properties.setPollTimeout(POLL.toMillis());
        // A transactional writer's markers would leave the group one short of the end for ever.
        properties.setFixTxOffsets(true);
        properties.setAuthExceptionRetryInterval(settings.longestRetry());
        properties.setShutdownTimeout(settings.transactionTimeout().toMillis());
        properties.setListenerTaskExecutor(virtualThreads(subscription.topic()));
        var container = new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setBeanName(subscription.topic());
        container.setConcurrency(settings.concurrency());
        container.setCommonErrorHandler(retry);
        return container;
    }

    private Map<String, Object> consumer(Map<String, Object> kafka) {
        var consumer = new HashMap<>(kafka);
        consumer.put(ConsumerConfig.GROUP_ID_CONFIG, group.id());
        consumer.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Math.toIntExact(FETCH.toMillis()));
        // What a consumer holds in memory of a backlog.
        consumer.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * 1024 * 1024);
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.batch());
        consumer.put(
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                Math.toIntExact(Duration.ofSeconds(1).toMillis()));
        return consumer;
    }

    private static SimpleAsyncTaskExecutor virtualThreads(String topic) {
        var executor = new SimpleAsyncTaskExecutor(topic + "-");
        executor.setVirtualThreads(true);
        return executor;
    }
}
