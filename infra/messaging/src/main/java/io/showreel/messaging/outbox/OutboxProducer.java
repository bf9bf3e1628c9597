package io.showreel.messaging.outbox;

import io.showreel.messaging.CloudEvents;
import io.showreel.messaging.MessageSpans;
import io.showreel.observability.tracing.Spans;
import io.showreel.observability.tracing.TraceSpan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Sends stored messages as CloudEvents and waits until all brokers that have to have them. */
final class OutboxProducer implements AutoCloseable {

    private final KafkaProducer<String, String> producer;
    private final String source;
    private final Spans spans;

    OutboxProducer(Map<String, Object> kafka, String source, Duration sendTimeout, Spans spans) {
        var settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, source + "-relay");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // One at a time: on a partition that was just created, a second request may be accepted while the first has to
        // be
        // tried again; its sequence number then is out of order for good, and so is the key's story.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(sendTimeout.toMillis()));
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        // A topic that its writer has just declared should not cost the whole first attempt.
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        this.source = source;
        this.spans = spans;
    }

    /** Returns when all are acknowledged; throws at the first that is not. */
    void send(List<StoredMessage> messages) throws ExecutionException, InterruptedException {
        var begun = messages.stream().map(this::begin).toList();
        try {
            send(messages, begun);
        } catch (ExecutionException | InterruptedException | RuntimeException e) {
            begun.forEach(span -> span.failed(e));
            throw e;
        } finally {
            begun.forEach(TraceSpan::close);
        }
    }

    /** From when it was written, so that its wait in the outbox is seen. */
    private TraceSpan begin(StoredMessage message) {
        var span = spans.begin(
                "send " + message.topic(),
                Spans.Kind.PRODUCER,
                message.headers().get(CloudEvents.TRACEPARENT),
                message.createdAt());
        if (span.isKept()) {
            MessageSpans.describe(span, message.topic(), message.id(), message.key(), message.type());
        }
        return span;
    }

    private void send(List<StoredMessage> messages, List<TraceSpan> begun)
            throws ExecutionException, InterruptedException {
        var acknowledgements = new ArrayList<Future<RecordMetadata>>(messages.size());
        for (var i = 0; i < messages.size(); i++) {
            var acknowledgement =
                    producer.send(record(messages.get(i), begun.get(i).traceparent()));
            if (acknowledgement.isDone()) {
                // Mostly a failure to learn the topic's partitions; each further message would wait for it again.
                acknowledgement.get();
            }
            acknowledgements.add(acknowledgement);
        }
        // The batch is complete: lingering for more would only delay it.
        producer.flush();
        for (var acknowledgement : acknowledgements) {
            acknowledgement.get();
        }
    }

    /** Drops what is still to be sent: it comes again with the next batch. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    private ProducerRecord<String, String> record(StoredMessage message, @Nullable String traceparent) {
        var kafkaRecord = new ProducerRecord<>(message.topic(), message.key(), message.payload());
        var headers = kafkaRecord.headers();
        put(headers, CloudEvents.SPEC_VERSION, "1.0");
        put(headers, CloudEvents.ID, message.id().toString());
        put(headers, CloudEvents.TYPE, message.type());
        put(headers, CloudEvents.SOURCE, source);
        put(headers, CloudEvents.SUBJECT, message.key());
        put(headers, CloudEvents.TIME, message.createdAt().toString());
        put(headers, CloudEvents.CONTENT_TYPE, "application/json");
        message.headers().forEach((name, value) -> put(headers, name, value));
        if (traceparent != null) {
            headers.remove(CloudEvents.TRACEPARENT);
            put(headers, CloudEvents.TRACEPARENT, traceparent);
        }
        return kafkaRecord;
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
