package io.showreel.messaging.listener;

import io.showreel.messaging.Delivery;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that could be read.
 *
 * @param message empty if the vocabulary has no word for it
 */
record Incoming<T>(Optional<T> message, Delivery delivery, ConsumerRecord<byte[], byte[]> kafkaRecord) {}
