package io.showreel.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.showreel.embedded.process.Ports;
import io.showreel.embedded.process.RunningServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerTest {

    @TempDir
    Path folder;

    @Test
    void what_was_acknowledged_survives_a_kill_and_a_group_reads_on() throws Exception {
        try (var running = RunningServer.start(server(), log())) {
            createTopic("kept");
            send("kept", "before the kill");
            running.kill();
        }
        try (var running = RunningServer.start(server(), log())) {
            send("kept", "after the kill");
            assertThat(running.isAlive()).isTrue();
            assertThat(read("kept", 2)).containsExactly("before the kill", "after the kill");
        }
    }

    @Test
    void a_topic_has_twelve_partitions_and_comes_only_by_declaration() throws Exception {
        port = Integer.parseInt(KafkaServer.shared().bootstrapServers().split(":")[1]);
        createTopic("declared");

        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            var topics = admin.describeTopics(List.of("declared", "misspelt")).topicNameValues();
            assertThat(topics.get("declared").get().partitions()).hasSize(12);
            assertThatThrownBy(() -> topics.get("misspelt").get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    private int port = Ports.free();

    /** The controller moves to another port at each start. */
    private KafkaServer server() {
        return new KafkaServer(new KafkaServer.Settings(folder.resolve("kafka"), port, Ports.free()));
    }

    private Path log() {
        return folder.resolve("kafka.log");
    }

    private String bootstrap() {
        return "localhost:" + port;
    }

    private void createTopic(String name) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            var topic = new NewTopic(name, Optional.empty(), Optional.empty());
            admin.createTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
        }
    }

    private void send(String topic, String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap(), "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", value)).get(30, TimeUnit.SECONDS);
        }
    }

    private List<String> read(String topic, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrap(),
                "group.id", "readers",
                "group.protocol", "consumer",
                "auto.offset.reset", "earliest");
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (values.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(message -> values.add(message.value()));
            }
        }
        return values;
    }
}
