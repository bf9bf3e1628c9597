package io.showreel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.embedded.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManagementPortTest {

    private static final String PROMETHEUS = "/actuator/prometheus";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final int port = Ports.free();

    @Test
    void health_and_metrics_are_there_without_a_key_and_nothing_of_them_where_the_public_is() throws Exception {
        try (var gateway = Installation.shared()
                .start(Map.of(
                        "management.server.port",
                        port,
                        "showreel.api-keys[0].name",
                        "somebody",
                        "showreel.api-keys[0].sha256",
                        "0".repeat(64)))) {
            assertThat(inside("/actuator/health/readiness").statusCode()).isEqualTo(200);
            // What is read from the database is there after the first look, which nobody waits for at the start.
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(inside(PROMETHEUS).body())
                            .contains("showreel_jobs_accepted_total", "showreel_outbox_age_seconds"));

            assertThat(gateway.get(PROMETHEUS).status()).isEqualTo(401);
            assertThat(inside("/api/v3/jobs").statusCode()).isEqualTo(404);
        }
    }

    private HttpResponse<String> inside(String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
