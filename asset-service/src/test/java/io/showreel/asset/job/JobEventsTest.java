package io.showreel.asset.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import io.showreel.asset.AssetApplication;
import io.showreel.contracts.Usd;
import io.showreel.contracts.job.JobEvent;
import io.showreel.contracts.job.JobEvent.CutClosed;
import io.showreel.contracts.job.JobEvent.JobCompleted;
import io.showreel.contracts.job.JobEvent.JobCreated;
import io.showreel.contracts.job.JobEvent.JobDeleted;
import io.showreel.contracts.job.JobType;
import io.showreel.embedded.KafkaServer;
import io.showreel.embedded.PostgresServer;
import io.showreel.messaging.WireJson;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

/** What the gateway says about jobs, over a real broker. */
class JobEventsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final UUID CLIENT = UUID.randomUUID();
    private static final UUID CAMPAIGN = UUID.randomUUID();
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final URI FILM = URI.create("s3://showreel/films/x.mp4");

    private static ConfigurableApplicationContext service;
    private static KafkaProducer<String, byte[]> gateway;

    @BeforeAll
    static void start() throws Exception {
        var broker = KafkaServer.shared().bootstrapServers();
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            admin.createTopics(List.of(new NewTopic(JobEvent.TOPIC, 12, (short) 1)))
                    .all()
                    .get();
        }
        gateway = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker), new StringSerializer(), new ByteArraySerializer());
        var fresh = PostgresServer.shared().createDatabase("asset");
        service = new SpringApplicationBuilder(AssetApplication.class)
                .web(WebApplicationType.REACTIVE)
                .run(
                        "--server.port=0",
                        "--spring.kafka.bootstrap-servers=" + broker,
                        "--spring.r2dbc.url=" + fresh.r2dbcUrl(),
                        "--spring.r2dbc.username=" + fresh.username(),
                        "--spring.r2dbc.password=" + fresh.password(),
                        "--spring.flyway.url=" + fresh.jdbcUrl(),
                        "--spring.flyway.user=" + fresh.username(),
                        "--spring.flyway.password=" + fresh.password());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        service.close();
    }

    @Test
    void a_job_is_followed_from_its_creation_to_its_last_cut_and_counted_once() {
        var asset = UUID.randomUUID();
        var twice = UUID.randomUUID();
        send(UUID.randomUUID(), new JobCreated(42, CLIENT, CAMPAIGN, JobType.IMAGE_PAIRS, "x 1", List.of(asset)));
        send(twice, new JobCompleted(42, CLIENT, CAMPAIGN, 1, false, FILM, Usd.of("1.6000")));
        send(twice, new JobCompleted(42, CLIENT, CAMPAIGN, 1, false, FILM, Usd.of("1.6000")));
        sendUnknown();
        send(UUID.randomUUID(), new CutClosed(42, CLIENT, CAMPAIGN, 2, Usd.of("2.0000")));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(count("job where spent = 2.0000 and filmed"))
                .isEqualTo(1));
        assertThat(count("job")).isEqualTo(1);
        assertThat(count("asset_use where job_id = 42")).isEqualTo(1);

        send(UUID.randomUUID(), new JobDeleted(42, CLIENT, CAMPAIGN));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(count("job where deleted and spent = 2.0000"))
                .isEqualTo(1));
        assertThat(count("asset_use where job_id = 42")).isZero();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void a_request_is_followed_into_the_log(CapturedOutput log) {
        var id = UUID.randomUUID();
        send(
                id,
                "job_created.v1",
                WireJson.mapper()
                        .writeValueAsBytes(new JobCreated(42, CLIENT, CAMPAIGN, JobType.IMAGE_PAIRS, "x 1", List.of())),
                Map.of("x-request-id", "request-7", "traceparent", "00-" + TRACE + "-b7ad6b7169203331-01"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(log.getOut().lines().filter(line -> line.contains("job_created " + id)))
                        .singleElement(STRING)
                        .contains(" INFO ", " job=42 request=request-7 trace=" + TRACE + " "));
    }

    private static long count(String what) {
        return service.getBean(DatabaseClient.class)
                .sql("select count(*) from " + what)
                .mapValue(Long.class)
                .one()
                .block(PATIENCE);
    }

    private static void send(UUID id, JobEvent event) {
        var type = event.getClass()
                        .getSimpleName()
                        .replaceAll("(?<=.)(?=[A-Z])", "_")
                        .toLowerCase() + ".v1";
        send(id, type, WireJson.mapper().writeValueAsBytes(event));
    }

    /** Of a version to come. */
    private static void sendUnknown() {
        send(UUID.randomUUID(), "job_framed.v1", "{\"job_id\": 42}".getBytes(UTF_8));
    }

    private static void send(UUID id, String type, byte[] payload) {
        send(id, type, payload, Map.of());
    }

    private static void send(UUID id, String type, byte[] payload, Map<String, String> origin) {
        var message = new ProducerRecord<>(JobEvent.TOPIC, "42", payload);
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", id.toString(),
                        "ce_type", type,
                        "ce_source", "/gateway-service",
                        "ce_subject", "42",
                        "ce_time", "2026-11-22T15:00:00Z",
                        "content-type", "application/json")
                .forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
        origin.forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
        gateway.send(message);
        gateway.flush();
    }
}
