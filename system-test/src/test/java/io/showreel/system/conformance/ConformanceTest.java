package io.showreel.system.conformance;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.showreel.sandbox.Sandbox;
import io.showreel.sandbox.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The sandbox answers as the provider's document says, on every path that it has. */
class ConformanceTest {

    private static final String PREDICTION =
            "{\"version\":\"google/veo-3.1-fast\",\"input\":{\"prompt\":\"slow dolly in\",\"duration\":4},"
                    + "\"webhook\":\"http://localhost:9/hook?att=1\",\"webhook_events_filter\":[\"start\",\"completed\"]}";

    private static final Set<String> IMITATED = Set.of(
            "/account",
            "/files",
            "/files/{file_id}",
            "/files/{file_id}/download",
            "/models/{model_owner}/{model_name}",
            "/models/{model_owner}/{model_name}/predictions",
            "/predictions",
            "/predictions/{prediction_id}",
            "/predictions/{prediction_id}/cancel",
            "/webhooks/default/secret");

    /** Which are of no use to somebody who only renders with models that exist. */
    private static final Map<String, String> NOT_IMITATED = Map.ofEntries(
            entry("/collections", "our models are chosen by name"),
            entry("/collections/{collection_slug}", "our models are chosen by name"),
            entry("/search", "our models are chosen by name"),
            entry("/models", "our models are chosen by name, and we publish none"),
            entry("/models/{model_owner}/{model_name}/examples", "for people to read"),
            entry("/models/{model_owner}/{model_name}/readme", "for people to read"),
            entry("/models/{model_owner}/{model_name}/versions", "official models have none"),
            entry("/models/{model_owner}/{model_name}/versions/{version_id}", "official models have none"),
            entry("/models/{model_owner}/{model_name}/versions/{version_id}/trainings", "nothing is trained"),
            entry("/trainings", "nothing is trained"),
            entry("/trainings/{training_id}", "nothing is trained"),
            entry("/trainings/{training_id}/cancel", "nothing is trained"),
            entry("/hardware", "only for models and deployments of one's own"),
            entry("/deployments", "we run nothing of our own there"),
            entry("/deployments/{deployment_owner}/{deployment_name}", "we run nothing of our own there"),
            entry("/deployments/{deployment_owner}/{deployment_name}/predictions", "we run nothing of our own there"));

    @TempDir
    static Path home;

    private static ProviderDocument document;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void read_the_document() throws IOException {
        var location = ProviderDocument.location();
        boolean there = Files.exists(location);
        if (!there) {
            System.out.println("SKIPPED: no copy of the provider's OpenAPI beside the project (" + location
                    + "), so nothing was held against it");
        }
        assumeTrue(there, "no copy of the provider's OpenAPI at " + location);
        document = ProviderDocument.read(location);
    }

    @Test
    void every_answer_of_the_sandbox_is_as_described() throws Exception {
        try (var sandbox = Sandbox.start(Settings.in(home.resolve("answers")).instantly());
                var proxy = new RecordingProxy(0, sandbox.apiUrl().resolve("/"))) {
            var api = proxy.url();
            send(api, "GET", "/account", "");
            send(api, "GET", "/webhooks/default/secret", "");
            send(api, "GET", "/models/google/veo-3.1-fast", "");
            send(api, "POST", "/models/google/veo-3.1-fast/predictions", "{\"input\":{\"prompt\":\"p\"}}");
            var id = JsonMapper.shared()
                    .readTree(send(api, "POST", "/predictions", PREDICTION))
                    .path("id")
                    .asString();
            send(api, "POST", "/predictions/" + id + "/cancel", "");
            await().untilAsserted(() ->
                    assertThat(send(api, "GET", "/predictions/" + id, "")).containsAnyOf("succeeded", "canceled"));
            send(api, "GET", "/predictions?created_after=2026-01-01T00:00:00Z", "");
            var upload = JsonMapper.shared().readTree(upload(api)).path("id").asString();
            send(api, "GET", "/files", "");
            send(api, "GET", "/files/" + upload, "");
            var address = "/files/" + upload + "/download?owner=tester&expiry="
                    + Instant.now().plusSeconds(60).getEpochSecond() + "&signature=";
            assertThat(send(api, "GET", address + sha256("no photo"), "")).isEqualTo("no photo");
            send(api, "GET", address + "another", "");
            send(api, "DELETE", "/files/" + upload, "");
            send(api, "GET", "/files/" + upload, "");

            assertConform(proxy.exchanges());
            assertThat(new TreeSet<>(proxy.exchanges().stream()
                            .map(exchange -> document.pathOf(exchange).orElse("?"))
                            .toList()))
                    .isEqualTo(new TreeSet<>(IMITATED));
        }
    }

    @Test
    void each_path_of_the_provider_is_imitated_or_known_to_be_of_no_use() {
        var known = new TreeSet<>(IMITATED);
        known.addAll(NOT_IMITATED.keySet());

        assertThat(document.paths()).isEqualTo(known).hasSize(IMITATED.size() + NOT_IMITATED.size());
    }

    @Test
    void the_document_sees_what_is_wrong() {
        var sent = "{\"version\":\"a/b\",\"model\":\"a/b\",\"input\":{}}".getBytes(StandardCharsets.UTF_8);
        var answer = "{\"id\":\"x\"}".getBytes(StandardCharsets.UTF_8);

        var complaints = document.complaints(new Exchange(
                "POST", "/predictions", "att=1", "application/json", sent, 201, "application/json", answer));

        assertThat(complaints)
                .anyMatch(complaint -> complaint.contains("unknown parameter att"))
                .anyMatch(complaint -> complaint.contains("sent") && complaint.contains("model"))
                .anyMatch(complaint -> complaint.contains("answered") && complaint.contains("status"));
        assertThat(document.complaints(
                        new Exchange("PUT", "/predictions", "", "", sent, 200, "application/json", answer)))
                .hasSize(1);
        assertThat(document.complaints(new Exchange("GET", "/nowhere", "", "", sent, 200, "", answer)))
                .hasSize(1);
    }

    static void assertConform(List<Exchange> exchanges) {
        assertThat(exchanges).isNotEmpty();
        assertThat(exchanges.stream()
                        .flatMap(exchange -> document.complaints(exchange).stream())
                        .distinct())
                .isEmpty();
    }

    private String send(URI api, String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(api + path))
                .header("authorization", "Bearer tester")
                .header("content-type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }

    private static String sha256(String content) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    private String upload(URI api) throws IOException, InterruptedException {
        var form = "--b\r\nContent-Disposition: form-data; name=\"content\"; filename=\"a.jpg\"\r\n"
                + "Content-Type: image/jpeg\r\n\r\nno photo\r\n--b--\r\n";
        var request = HttpRequest.newBuilder(URI.create(api + "/files"))
                .header("authorization", "Bearer tester")
                .header("content-type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(form));
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }
}
