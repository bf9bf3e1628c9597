package io.showreel.selection.storyboard.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.contracts.storyboard.StoryboardEvent.Origin;
import io.showreel.contracts.storyboard.StoryboardEvent.StoryboardSelected;
import io.showreel.embedded.KafkaServer;
import io.showreel.selection.SelectionApplication;
import io.showreel.selection.WireFormat;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service against a real broker; without a key for xAI, so the scene templates choose. */
class JobCommandsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static ConfigurableApplicationContext service;
    private static Gateway gateway;

    @BeforeAll
    static void start() {
        var bootstrap = KafkaServer.shared().bootstrapServers();
        service = new SpringApplicationBuilder(SelectionApplication.class)
                .web(WebApplicationType.SERVLET)
                .run("--spring.kafka.bootstrap-servers=" + bootstrap, "--server.port=0", "--selection.xai.key=");
        gateway = new Gateway(bootstrap);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        service.close();
    }

    @Test
    void a_command_is_answered_under_its_job_with_all_that_ties_the_two_together() {
        var id = UUID.randomUUID();
        gateway.send("42", Gateway.command(), Gateway.headers(id));

        var event = await().atMost(PATIENCE).until(() -> gateway.causedBy(id), found -> !found.isEmpty());

        var record = event.getFirst();
        assertThat(record.topic()).isEqualTo("storyboard.events");
        assertThat(record.key()).isEqualTo("42");
        var headers = Gateway.headersOf(record);
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
        gateway.send("43", Gateway.command(), Gateway.headers(id));
        gateway.send("43", Gateway.command(), Gateway.headers(id));

        var events = await().atMost(PATIENCE).until(() -> gateway.causedBy(id), found -> found.size() == 2);

        assertThat(events)
                .extracting(event -> Gateway.headersOf(event).get("ce_id"))
                .containsOnly(JobCommands.answerTo(id).toString());
    }

    @Test
    void what_nobody_can_read_goes_to_the_dead_letters_and_its_partition_goes_on() {
        var unreadable = UUID.randomUUID();
        var next = UUID.randomUUID();
        gateway.send("44", "garbage".getBytes(UTF_8), Gateway.headers(unreadable));
        gateway.send("44", Gateway.command(), Gateway.headers(next));

        await().atMost(PATIENCE).until(() -> gateway.causedBy(next), found -> found.size() == 1);
        var letters = await().atMost(PATIENCE)
                .until(() -> gateway.deadLetters(unreadable.toString()), found -> !found.isEmpty());

        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("44");
            assertThat(letter.value()).isEqualTo("garbage");
            assertThat(Gateway.headersOf(letter)).containsEntry("ce_type", "select_scenes.v1");
        });
    }

    @Test
    void a_command_without_an_id_goes_to_the_dead_letters() {
        var headers = Gateway.headers(UUID.randomUUID());
        headers.put("ce_id", "none");
        gateway.send("45", Gateway.command(), headers);

        await().atMost(PATIENCE).until(() -> gateway.deadLetters("none"), found -> !found.isEmpty());
    }

    @Test
    void a_command_of_tomorrow_is_skipped() {
        var tomorrow = UUID.randomUUID();
        var next = UUID.randomUUID();
        var headers = Gateway.headers(tomorrow);
        headers.put("ce_type", "select_colours.v1");
        gateway.send("46", "{}".getBytes(UTF_8), headers);
        gateway.send("46", Gateway.command(), Gateway.headers(next));

        await().atMost(PATIENCE).until(() -> gateway.causedBy(next), found -> found.size() == 1);

        assertThat(gateway.causedBy(tomorrow)).isEmpty();
        assertThat(gateway.deadLetters(tomorrow.toString())).isEmpty();
    }

    @Test
    void its_topics_have_twelve_partitions() throws Exception {
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", KafkaServer.shared().bootstrapServers()))) {
            var topics = admin.describeTopics(List.of(JobCommand.TOPIC, StoryboardEvent.TOPIC, Gateway.DEAD_LETTERS))
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
}
