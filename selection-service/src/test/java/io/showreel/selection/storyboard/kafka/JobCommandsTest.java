package io.showreel.selection.storyboard.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.contracts.storyboard.StoryboardEvent.Origin;
import io.showreel.contracts.storyboard.StoryboardEvent.StoryboardSelected;
import io.showreel.embedded.KafkaServer;
import io.showreel.selection.SelectionApplication;
import io.showreel.selection.storyboard.Campaigns;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service against a real broker; without a key for xAI, so the scene templates choose. */
class JobCommandsTest {

    private static final String DEAD_LETTERS = "job.commands.selection-service.dlt";

    private static ConfigurableApplicationContext service;
    private static KafkaProducer<String, byte[]> gateway;
    private static KafkaConsumer<String, String> reader;
    private static final List<ConsumerRecord<String, String>> read = new ArrayList<>();

    @BeforeAll
    static void start() {
        var bootstrap = KafkaServer.shared().bootstrapServers();
        service = new SpringApplicationBuilder(SelectionApplication.class)
                .web(WebApplicationType.SERVLET)
                .run("--spring.kafka.bootstrap-servers=" + bootstrap, "--server.port=0", "--selection.xai.key=");
        gateway = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new ByteArraySerializer());
        reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "group.id", "reader", "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
        reader.subscribe(List.of(StoryboardEvent.TOPIC, DEAD_LETTERS));
    }

    @AfterAll
    static void stop() {
        reader.close();
        gateway.close();
        service.close();
    }

    @Test
    void a_command_is_answered_under_its_job_with_all_that_ties_the_two_together() {
        var id = UUID.randomUUID();
        send("42", command(), headers(id));

        var event = await().atMost(Duration.ofSeconds(30)).until(() -> causedBy(id), found -> !found.isEmpty());

        var record = event.getFirst();
        assertThat(record.topic()).isEqualTo("storyboard.events");
        assertThat(record.key()).isEqualTo("42");
        var headers = headersOf(record);
        assertThat(headers)
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_type", "storyboard_selected.v1")
                .containsEntry("ce_source", "/selection-service")
                .containsEntry("ce_subject", "42")
                .containsEntry("ce_causationid", id.toString())
                .containsEntry("content-type", "application/json")
                .containsEntry("x-request-id", "request-1")
                .containsEntry("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(headers).hasSize(10).containsKeys("ce_id", "ce_time");
        assertThat(Instant.parse(headers.get("ce_time"))).isBeforeOrEqualTo(Instant.now());
        var storyboard = WireFormat.JSON.readValue(record.value(), StoryboardSelected.class);
        assertThat(storyboard.jobId()).isEqualTo(42);
        assertThat(storyboard.scenes()).hasSize(4);
        assertThat(storyboard.origin()).isEqualTo(Origin.FALLBACK);
        assertThat(storyboard.effort().note()).contains("Set XAI_API_KEY");
    }

    @Test
    void a_repeated_command_is_answered_under_the_same_id() {
        var id = UUID.randomUUID();
        send("43", command(), headers(id));
        send("43", command(), headers(id));

        var events = await().atMost(Duration.ofSeconds(30)).until(() -> causedBy(id), found -> found.size() == 2);

        assertThat(events)
                .extracting(event -> headersOf(event).get("ce_id"))
                .containsOnly(JobCommands.answerTo(id).toString());
    }

    @Test
    void what_nobody_can_read_goes_to_the_dead_letters_and_its_partition_goes_on() {
        var unreadable = UUID.randomUUID();
        var next = UUID.randomUUID();
        send("44", "garbage".getBytes(UTF_8), headers(unreadable));
        send("44", command(), headers(next));

        await().atMost(Duration.ofSeconds(30)).until(() -> causedBy(next), found -> found.size() == 1);
        var letters =
                await().atMost(Duration.ofSeconds(30)).until(() -> deadLetters(unreadable), found -> !found.isEmpty());

        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("44");
            assertThat(letter.value()).isEqualTo("garbage");
            assertThat(headersOf(letter)).containsEntry("ce_type", "select_scenes.v1");
        });
    }

    @Test
    void a_command_without_an_id_goes_to_the_dead_letters() {
        var headers = headers(UUID.randomUUID());
        headers.put("ce_id", "none");
        send("45", command(), headers);

        await().atMost(Duration.ofSeconds(30)).until(() -> poll().stream()
                .anyMatch(record ->
                        record.topic().equals(DEAD_LETTERS) && record.key().equals("45")));
    }

    @Test
    void a_command_of_tomorrow_is_skipped() {
        var tomorrow = UUID.randomUUID();
        var next = UUID.randomUUID();
        var headers = headers(tomorrow);
        headers.put("ce_type", "select_colours.v1");
        send("46", "{}".getBytes(UTF_8), headers);
        send("46", command(), headers(next));

        await().atMost(Duration.ofSeconds(30)).until(() -> causedBy(next), found -> found.size() == 1);

        assertThat(causedBy(tomorrow)).isEmpty();
        assertThat(deadLetters(tomorrow)).isEmpty();
    }

    @Test
    void its_topics_have_twelve_partitions() throws Exception {
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", KafkaServer.shared().bootstrapServers()))) {
            var topics = admin.describeTopics(List.of(JobCommand.TOPIC, StoryboardEvent.TOPIC, DEAD_LETTERS))
                    .allTopicNames()
                    .get();

            assertThat(topics.values())
                    .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(12));
        }
    }

    @Test
    void it_is_ready_and_alive() throws Exception {
        var port = service.getEnvironment().getProperty("local.server.port");
        try (var http = HttpClient.newHttpClient()) {
            for (var probe : List.of("liveness", "readiness")) {
                var uri = URI.create("http://localhost:%s/actuator/health/%s".formatted(port, probe));
                var response = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            }
        }
    }

    private static byte[] command() {
        return WireFormat.JSON.writeValueAsBytes(Campaigns.asking(Campaigns.sample(), 4));
    }

    private static Map<String, String> headers(UUID id) {
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

    private static void send(String key, byte[] payload, Map<String, String> headers) {
        var record = new ProducerRecord<>(JobCommand.TOPIC, key, payload);
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        gateway.send(record);
        gateway.flush();
    }

    private static List<ConsumerRecord<String, String>> causedBy(UUID id) {
        return poll().stream()
                .filter(record -> id.toString().equals(headersOf(record).get("ce_causationid")))
                .toList();
    }

    private static List<ConsumerRecord<String, String>> deadLetters(UUID id) {
        return poll().stream()
                .filter(record -> record.topic().equals(DEAD_LETTERS))
                .filter(record -> id.toString().equals(headersOf(record).get("ce_id")))
                .toList();
    }

    private static List<ConsumerRecord<String, String>> poll() {
        reader.poll(Duration.ofMillis(100)).forEach(read::add);
        return read;
    }

    private static Map<String, String> headersOf(ConsumerRecord<String, String> record) {
        var headers = new LinkedHashMap<String, String>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }
}
