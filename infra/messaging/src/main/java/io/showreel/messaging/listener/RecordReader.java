package io.showreel.messaging.listener;

import io.showreel.messaging.CloudEvents;
import io.showreel.messaging.Delivery;
import io.showreel.messaging.Origin;
import io.showreel.messaging.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads raw records as messages of a vocabulary. */
final class RecordReader<T> {

    private final Vocabulary<T> vocabulary;

    RecordReader(Class<T> vocabulary) {
        this.vocabulary = Vocabulary.of(vocabulary);
    }

    /** @throws UnreadableRecordException if it isn't one */
    Incoming<T> read(ConsumerRecord<byte[], byte[]> kafkaRecord) {
        var id = id(kafkaRecord);
        var origin = new Origin(
                header(kafkaRecord, CloudEvents.REQUEST_ID), header(kafkaRecord, CloudEvents.TRACEPARENT), id);
        var delivery = new Delivery(
                id, kafkaRecord.topic(), key(kafkaRecord), kafkaRecord.partition(), kafkaRecord.offset(), origin);
        return new Incoming<>(message(kafkaRecord), delivery, kafkaRecord);
    }

    private Optional<T> message(ConsumerRecord<byte[], byte[]> kafkaRecord) {
        var type = required(kafkaRecord, CloudEvents.TYPE);
        if (kafkaRecord.value() == null) {
            throw new UnreadableRecordException("A " + type + " without a payload.");
        }
        try {
            return vocabulary.read(type, kafkaRecord.value());
        } catch (JacksonException e) {
            throw new UnreadableRecordException("A " + type + " that can't be read: " + e.getOriginalMessage(), e);
        }
    }

    private static UUID id(ConsumerRecord<byte[], byte[]> kafkaRecord) {
        var id = required(kafkaRecord, CloudEvents.ID);
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException("The " + CloudEvents.ID + " is not a UUID: " + id, e);
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> kafkaRecord) {
        var key = kafkaRecord.key();
        if (key == null) {
            throw new UnreadableRecordException("The record has no key.");
        }
        return new String(key, StandardCharsets.UTF_8);
    }

    private static String required(ConsumerRecord<byte[], byte[]> kafkaRecord, String name) {
        var value = header(kafkaRecord, name);
        if (value == null) {
            throw new UnreadableRecordException("The header " + name + " is missing.");
        }
        return value;
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> kafkaRecord, String name) {
        var header = kafkaRecord.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
