package io.showreel.messaging.listener;

import io.showreel.messaging.CloudEvents;
import io.showreel.messaging.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that could be read.
 *
 * @param message empty if the vocabulary has no word for it
 */
record Incoming<T>(Optional<T> message, Delivery delivery, ConsumerRecord<byte[], byte[]> kafkaRecord) {

    /** The type on the wire without its version, such as {@code take_rendered}. */
    String type() {
        var header = kafkaRecord.headers().lastHeader(CloudEvents.TYPE);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8).replaceFirst("\\.v\\d+$", "");
    }
}
