package io.showreel.messaging;

import static org.awaitility.Awaitility.await;

import io.showreel.embedded.KafkaServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Looks at topics, and writes to them what no service of ours would write. */
public final class Wire implements AutoCloseable {

    /** One request at a time keeps the order on a partition that was just created. */
    private static final Map<String, Object> KAFKA = Map.of(
            "bootstrap.servers",
            KafkaServer.shared().bootstrapServers(),
            "linger.ms",
            20,
            "max.in.flight.requests.per.connection",
            1);

    private final KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(KAFKA, new StringSerializer(), new ByteArraySerializer());

    /** Appends a well-formed message. */
    public void say(String topic, String key, UUID id, Object message) {
        put(
                topic,
                key,
                WireJson.mapper().writeValueAsBytes(message),
                Map.of("ce_id", id.toString(), "ce_type", Vocabulary.typeOf(message.getClass())));
    }

    public void put(String topic, String key, byte[] payload, Map<String, String> headers) {
        var kafkaRecord = new ProducerRecord<>(topic, key, payload);
        headers.forEach((name, value) -> kafkaRecord.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(kafkaRecord);
    }

    public void flush() {
        producer.flush();
    }

    public static void awaitTopic(String topic) {
        try (var admin = Admin.create(KAFKA)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> admin.listTopics().names().get().contains(topic));
        }
    }

    public static int partitions(String topic) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(KAFKA)) {
            var description =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
            return description.partitions().size();
        }
    }

    /** Everything that was written to the topic so far, partition by partition. */
    public static List<ConsumerRecord<String, String>> everythingIn(String topic) {
        try (var consumer = new KafkaConsumer<>(KAFKA, new StringDeserializer(), new StringDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var found = new ArrayList<ConsumerRecord<String, String>>();
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
                return partitions.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition));
            });
            return found;
        }
    }

    public static String header(ConsumerRecord<?, ?> kafkaRecord, String name) {
        var header = kafkaRecord.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
