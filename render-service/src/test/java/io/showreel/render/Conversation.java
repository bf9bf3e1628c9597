package io.showreel.render;

import io.showreel.contracts.Topics;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneEvent.CutClosed;
import io.showreel.contracts.scene.SceneRequest;
import io.showreel.embedded.KafkaServer;
import io.showreel.messaging.CloudEvents;
import io.showreel.messaging.WireJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.springframework.util.StringUtils;

/** The gateway's side of the two scene topics. */
final class Conversation implements AutoCloseable {

    private final List<SceneEvent> heard = new CopyOnWriteArrayList<>();
    private final KafkaProducer<String, String> producer;
    private final Thread listening;
    private volatile boolean closing;

    Conversation() {
        var servers = KafkaServer.shared().bootstrapServers();
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers),
                new StringSerializer(),
                new StringSerializer());
        listening = Thread.ofPlatform().start(() -> listen(servers));
    }

    void say(SceneRequest request, long jobId) {
        var record = new ProducerRecord<>(
                Topics.SCENE_REQUESTS, String.valueOf(jobId), WireJson.mapper().writeValueAsString(request));
        header(record, CloudEvents.SPEC_VERSION, "1.0");
        header(record, CloudEvents.ID, UUID.randomUUID().toString());
        header(record, CloudEvents.TYPE, typeOf(request));
        header(record, CloudEvents.SOURCE, "/gateway-service");
        header(record, CloudEvents.REQUEST_ID, "request-" + jobId);
        producer.send(record);
        producer.flush();
    }

    <E extends SceneEvent> List<E> heard(Class<E> type, long jobId) {
        return heard.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(event ->
                        WireJson.mapper().valueToTree(event).path("job_id").asLong() == jobId)
                .toList();
    }

    CutClosed awaitClosed(long jobId, int cut) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> heard(CutClosed.class, jobId).stream()
                                .filter(closed -> closed.cut() == cut)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private void listen(String servers) {
        var settings = Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.GROUP_ID_CONFIG,
                "test-" + UUID.randomUUID(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(Topics.SCENE_EVENTS));
            while (!closing) {
                consumer.poll(Duration.ofMillis(100)).forEach(this::hear);
            }
        }
    }

    private void hear(ConsumerRecord<String, String> record) {
        var type = new String(record.headers().lastHeader(CloudEvents.TYPE).value(), StandardCharsets.UTF_8);
        for (var candidate : SceneEvent.class.getPermittedSubclasses()) {
            if (typeOf(candidate).equals(type)) {
                heard.add((SceneEvent) WireJson.mapper().readValue(record.value(), candidate));
            }
        }
    }

    private static void header(ProducerRecord<?, ?> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String typeOf(Object message) {
        return typeOf(message.getClass());
    }

    private static String typeOf(Class<?> type) {
        return StringUtils.uncapitalize(type.getSimpleName())
                        .replaceAll("([A-Z])", "_$1")
                        .toLowerCase(Locale.ROOT)
                + ".v1";
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        listening.join();
        producer.close();
    }
}
