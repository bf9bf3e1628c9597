package io.showreel.selection.storyboard.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.selection.WireFormat;
import io.showreel.selection.storyboard.Campaigns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Who sends the commands and reads the answers. */
final class Gateway implements AutoCloseable {

    static final String DEAD_LETTERS = "job.commands.selection-service.dlt";

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, String> reader;
    private final List<ConsumerRecord<String, String>> read = new ArrayList<>();

    Gateway(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
        reader = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        "reader",
                        "auto.offset.reset",
                        "earliest",
                        "metadata.max.age.ms",
                        "500"),
                new StringDeserializer(),
                new StringDeserializer());
        reader.subscribe(List.of(StoryboardEvent.TOPIC, DEAD_LETTERS));
    }

    static byte[] command() {
        return WireFormat.JSON.writeValueAsBytes(Campaigns.asking(Campaigns.sample(), 4));
    }

    static Map<String, String> headers(UUID id) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id.toString());
        headers.put("ce_type", WireFormat.type(SelectScenes.class));
        headers.put("ce_source", "/gateway-service");
        headers.put("ce_subject", "42");
        headers.put("ce_time", "2026-11-22T15:00:00Z");
        headers.put("content-type", "application/json");
        headers.put("x-request-id", "request-1");
        headers.put("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        return headers;
    }

    void send(String key, byte[] payload, Map<String, String> headers) {
        var record = new ProducerRecord<>(JobCommand.TOPIC, key, payload);
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        producer.send(record);
        producer.flush();
    }

    /** All answers to the command so far. */
    List<ConsumerRecord<String, String>> causedBy(UUID command) {
        return poll().stream()
                .filter(record -> command.toString().equals(headersOf(record).get("ce_causationid")))
                .toList();
    }

    /** All dead letters so far that had this id. */
    List<ConsumerRecord<String, String>> deadLetters(String id) {
        return poll().stream()
                .filter(record -> record.topic().equals(DEAD_LETTERS))
                .filter(record -> id.equals(headersOf(record).get("ce_id")))
                .toList();
    }

    static Map<String, String> headersOf(ConsumerRecord<String, String> record) {
        var headers = new LinkedHashMap<String, String>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }

    private List<ConsumerRecord<String, String>> poll() {
        reader.poll(Duration.ofMillis(100)).forEach(read::add);
        return read;
    }

    @Override
    public void close() {
        reader.close();
        producer.close();
    }
}
