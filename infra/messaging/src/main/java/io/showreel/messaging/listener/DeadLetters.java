package io.showreel.messaging.listener;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps records that can't be handled for a person, as they came, together with the reason. To have one handled after
 * all, it is sent to its topic again with the same headers: its {@code ce_id} is not in the inbox.
 */
final class DeadLetters implements AutoCloseable {

    static final String REASON = "dlt_reason";
    static final String SOURCE = "dlt_source";

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final int LONGEST_REASON = 4_000;

    private final Map<String, Object> kafka;
    private final Group group;
    private final Duration timeout;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    DeadLetters(Map<String, Object> kafka, Group group, Duration timeout) {
        this.kafka = kafka;
        this.group = group;
        this.timeout = timeout;
    }

    /**
     * Returns when the brokers have it.
     *
     * @throws DeadLetterNotKeptException if they don't: then the record must not be passed over
     */
    void keep(ConsumerRecord<byte[], byte[]> poison, Throwable failure) {
        var topic = group.deadLettersOf(poison.topic());
        var letter = new ProducerRecord<>(topic, null, poison.key(), poison.value(), poison.headers());
        replace(letter.headers(), SOURCE, "%s-%d@%d".formatted(poison.topic(), poison.partition(), poison.offset()));
        replace(letter.headers(), REASON, reason(failure));
        try {
            producer().send(letter).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new DeadLetterNotKeptException(topic, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        log.error(
                "{}-{}@{} can't be handled and went to {}",
                poison.topic(),
                poison.partition(),
                poison.offset(),
                topic,
                failure);
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(timeout);
        }
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            var settings = new HashMap<>(kafka);
            settings.put(ProducerConfig.CLIENT_ID_CONFIG, group.id() + "-dead-letters");
            settings.put(ProducerConfig.ACKS_CONFIG, "all");
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.toIntExact(timeout.toMillis()));
            producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    private static String reason(Throwable failure) {
        var reason = new StringBuilder();
        for (@Nullable Throwable cause = failure;
                cause != null && reason.length() < LONGEST_REASON;
                cause = cause.getCause()) {
            reason.append(reason.isEmpty() ? "" : "; caused by ").append(cause);
        }
        return reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    }

    private static void replace(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A failure of infrastructure: it is tried again. */
    static final class DeadLetterNotKeptException extends RuntimeException {
        DeadLetterNotKeptException(String topic, Throwable cause) {
            super("A dead letter was not accepted by " + topic + ".", cause);
        }
    }
}
