package io.showreel.system.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.embedded.process.Ports;
import io.showreel.system.benchmark.Photos;
import io.showreel.system.conformance.Exchange;
import io.showreel.system.conformance.RecordingProxy;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The end of a prediction is heard by its webhook, which comes through the gateway: whoever looks for himself is not due
 * for long, and would be told nothing.
 */
class ProviderWebhookTest {

    private static final int SCENES = 2;
    private static final Duration POLL_EVERY = Duration.ofMinutes(10);
    private static final Duration LONG_BEFORE_THE_NEXT_LOOK = POLL_EVERY.dividedBy(4);
    /** So long that something can happen while all of them run. */
    private static final Duration LATENCY = Duration.ofSeconds(12);

    private static final Set<String> PARTS =
            Set.of("postgres", "kafka", "s3", "sandbox", "asset", "selection", "render", "gateway");
    private static final JsonMapper JSON = JsonMapper.shared();

    private static RunningShowreel showreel;
    private static RecordingProxy webhooks;
    private static Api gateway;
    private static Api sandbox;
    private static String campaign;

    @BeforeAll
    static void start() throws Exception {
        int port = Ports.free();
        showreel = RunningShowreel.start(
                settings -> new Tuning(
                        Map.of(
                                "PUBLIC_BASE_URL",
                                "http://localhost:" + port,
                                "SHOWREEL_FOLLOW_POLLEVERY",
                                POLL_EVERY.toSeconds() + "s",
                                "SANDBOX_LATENCY",
                                LATENCY.toSeconds() + "s"),
                        Map.of()),
                1,
                PARTS::contains);
        webhooks = new RecordingProxy(port, showreel.gateway(), "/api/webhooks");
        gateway = new Api(showreel.gateway());
        sandbox = new Api(showreel.sandbox());
        sandbox.tell(
                "/_sandbox/faults",
                "{\"fault\": \"refuse_call\", \"on\": \"show\", \"answer\": \"throttled\", \"probability\": 1}");
        var client = gateway.post("/api/v3/clients", "{\"name\": \"Webhooks\"}")
                .at("/data/id")
                .asString();
        campaign = gateway.post(
                        "/api/v3/campaigns",
                        "{\"client_id\": \"%s\", \"name\": \"Webhooks\", \"brief\": \"Calm\"}".formatted(client))
                .at("/data/id")
                .asString();
        new Photos(showreel.gateway()).upload(campaign, 2 * SCENES);
    }

    @AfterAll
    static void stop() throws IOException {
        if (webhooks != null) {
            webhooks.close();
        }
        if (showreel != null) {
            showreel.close();
        }
    }

    @Test
    void a_webhook_that_comes_through_the_gateway_ends_its_take() {
        var job = createJob();

        awaitRendered(job);

        for (var prediction : predictions(job)) {
            assertThat(answersToTheEndOf(prediction))
                    .as(prediction)
                    .isNotEmpty()
                    .allMatch(status -> status < 300);
        }
    }

    @Test
    void a_webhook_that_nobody_could_note_down_is_not_acknowledged_and_works_when_it_comes_again() throws Exception {
        var job = createJob();
        await("all predictions")
                .atMost(LONG_BEFORE_THE_NEXT_LOOK)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> statuses(job).equals(List.of("running", "running")));
        var predictions = predictions(job);

        database("alter database render with allow_connections false");
        database("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'render'");
        try {
            await("the ends that nobody could note down")
                    .atMost(LONG_BEFORE_THE_NEXT_LOOK)
                    .pollInterval(Duration.ofMillis(200))
                    .untilAsserted(() -> assertThat(predictions)
                            .allSatisfy(prediction ->
                                    assertThat(answersToTheEndOf(prediction)).isNotEmpty()));
        } finally {
            database("alter database render with allow_connections true");
        }
        awaitRendered(job);

        for (var prediction : predictions) {
            var answers = answersToTheEndOf(prediction);
            assertThat(answers.getFirst()).as(prediction).isGreaterThanOrEqualTo(500);
            assertThat(answers.getLast()).as(prediction).isLessThan(300);
        }
    }

    private static long createJob() {
        return gateway.post(
                        "/api/v3/campaigns/" + campaign + "/create-job",
                        "{\"num_scenes\": %d, \"clip_duration\": 4, \"auto_approve\": true}".formatted(SCENES))
                .at("/data/job_id")
                .asLong();
    }

    private static void awaitRendered(long job) {
        await("the clips of job " + job)
                .atMost(LONG_BEFORE_THE_NEXT_LOOK)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> assertThat(statuses(job)).isEqualTo(List.of("rendered", "rendered")));
    }

    private static List<String> statuses(long job) {
        return takes(job).stream().map(take -> take.path("status").asString("")).toList();
    }

    private static List<String> predictions(long job) {
        return takes(job).stream()
                .map(take -> take.at("/predictions/0/prediction_id").asString())
                .toList();
    }

    private static List<JsonNode> takes(long job) {
        var takes = new ArrayList<JsonNode>();
        gateway.get("/api/v3/jobs/" + job + "/takes").path("data").forEach(takes::add);
        return takes;
    }

    /** The gateway's answers to whoever said that the prediction has succeeded, in their order. */
    private static List<Integer> answersToTheEndOf(String prediction) {
        return webhooks.exchanges().stream()
                .filter(exchange -> isTheEndOf(prediction, exchange))
                .map(Exchange::status)
                .toList();
    }

    private static boolean isTheEndOf(String prediction, Exchange exchange) {
        var body = JSON.readTree(exchange.sent());
        return body.path("id").asString().equals(prediction)
                && body.path("status").asString().equals("succeeded");
    }

    /** As its owner, who is connected to another one meanwhile. */
    private static void database(String statement) throws SQLException {
        var url = "jdbc:postgresql://localhost:%d/postgres".formatted(showreel.port("postgres"));
        try (var connection = DriverManager.getConnection(url, "render", "render");
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
