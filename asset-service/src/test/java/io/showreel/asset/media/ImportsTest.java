package io.showreel.asset.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.showreel.asset.Caller;
import io.showreel.asset.RunningService;
import io.showreel.web.IdempotencyKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

class ImportsTest extends RunningService {

    private static final byte[] PHOTO = Pictures.noise(40, 30);

    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger fetched = new AtomicInteger();
    private HttpServer elsewhere;

    @BeforeEach
    void serve() throws IOException {
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        serve("/photo", "image/png", PHOTO);
        serve("/page", "image/png", "<html>Not here</html>".getBytes());
        serve("/large", "image/png", Pictures.noise(800, 600));
        elsewhere.createContext("/inside", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:" + port + "/actuator/health");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        elsewhere.start();
    }

    @AfterEach
    void nothing_is_left_over() {
        elsewhere.stop(0);
        await().untilAsserted(() -> {
            try (var waiting = Files.list(UPLOADS)) {
                assertThat(waiting).isEmpty();
            }
        });
    }

    @Test
    void a_photo_is_fetched_from_an_address() {
        var campaign = newCampaign(newClient());
        var made = data(
                post("/api/v3/assets/from-url", """
                {"source_url": "%s", "campaign_id": "%s", "tags": ["kitchen"]}""".formatted(url("/photo/kitchen%201.png?size=large"), campaign)));
        assertThat(made)
                .containsEntry("source_url", url("/photo/kitchen%201.png?size=large"))
                .containsEntry("name", "kitchen 1.png")
                .containsEntry("content_type", "image/png")
                .containsEntry("width", 40)
                .containsEntry("campaign_id", campaign)
                .containsEntry("tags", List.of("kitchen"));
        assertThat(get((String) made.get("url")).expectBody().returnResult().getResponseBody())
                .isEqualTo(PHOTO);
    }

    @Test
    void a_small_photo_may_stand_in_the_body() {
        var body = """
                {"blob_data": "%s", "client_id": "%s", "name": "Front"}""".formatted(Base64.getMimeEncoder().encodeToString(PHOTO).replace("\r\n", "\\n"), newClient());
        assertThat(data(post("/api/v3/assets", body))).containsEntry("size", PHOTO.length);
        assertThat(data(post("/api/v3/assets/unified", body))).containsEntry("name", "Front");
    }

    @Test
    void exactly_one_source_is_needed() {
        var client = newClient();
        for (var sources : List.of(
                "",
                "\"source_url\": null,",
                "\"source_url\": \"%s\", \"blob_data\": \"aaaa\",".formatted(url("/photo")),
                "\"source_url\": 5,")) {
            refused(
                    post("/api/v3/assets", "{%s \"client_id\": \"%s\"}".formatted(sources, client)),
                    "validation_failed",
                    "source_url");
        }
        refused(
                post("/api/v3/assets", "{\"blob_data\": \"!\", \"client_id\": \"%s\"}".formatted(client)),
                "validation_failed",
                "file");
        refused(
                post("/api/v3/assets/from-url", "{\"blob_data\": \"aaaa\", \"client_id\": \"%s\"}".formatted(client)),
                "validation_failed",
                "source_url");
        assertThat(fetched).hasValue(0);
    }

    @Test
    void a_form_may_name_an_address_instead_of_a_file() {
        var client = newClient();
        var made = data(form(client, Map.of("source_url", url("/photo/hall.png"), "name", "Hall")));

        assertThat(made)
                .containsEntry("source_url", url("/photo/hall.png"))
                .containsEntry("name", "Hall")
                .containsEntry("width", 40);
        refused(form(client, Map.of()), "validation_failed", "file");
        refused(form(client, Map.of("source_url", "file:///etc/passwd")), "validation_failed", "source_url");
        refused(
                form(client, Map.of("source_url", url("/photo"), "file", new ByteArrayResource(PHOTO) {
                    @Override
                    public String getFilename() {
                        return "a.png";
                    }
                })),
                "validation_failed",
                "source_url");
        assertThat(fetched).hasValue(1);
    }

    private WebTestClient.ResponseSpec form(String client, Map<String, Object> parts) {
        var body = new MultipartBodyBuilder();
        body.part("client_id", client);
        parts.forEach(body::part);
        return client().post()
                .uri("/api/v3/assets")
                .body(BodyInserters.fromMultipartData(body.build()))
                .exchange();
    }

    @Test
    void addresses_that_are_not_public_are_refused() {
        var client = newClient();
        for (var address : List.of(
                "http://127.0.0.1:" + port + "/actuator/health",
                "http://169.254.169.254/latest/meta-data/",
                "http://[::1]:" + port + "/",
                "http://2130706433:" + port + "/",
                "file:///etc/passwd",
                url("/inside"))) {
            refused(fromUrl(address, client), "validation_failed", "source_url");
        }
    }

    @Test
    void what_can_not_be_fetched_or_is_no_photo_is_refused_with_the_reason() {
        var client = newClient();
        refused(fromUrl(url("/missing"), client), "source_unavailable", "source_url");
        fromUrl(url("/page"), client).expectStatus().isEqualTo(415);
        fromUrl(url("/large"), client).expectStatus().isEqualTo(413);
        refused(fromUrl(url("/photo"), "01900000-0000-7000-8000-000000000000"), "validation_failed", "client_id");
    }

    @Test
    void a_repeated_request_is_answered_without_a_second_asset() {
        var client = newClient();
        var body = "{\"source_url\": \"%s\", \"client_id\": \"%s\"}".formatted(url("/photo"), client);
        var first = data(post("/api/v3/assets/from-url", body, IdempotencyKey.HEADER, "photo-" + client));
        var second = data(post("/api/v3/assets/from-url", body, IdempotencyKey.HEADER, "photo-" + client));
        assertThat(second).isEqualTo(first);
        get("/api/v3/assets?client_id=" + client)
                .expectBody()
                .jsonPath("$.meta.total")
                .isEqualTo(1);
    }

    @Test
    void one_bad_entry_harms_no_other() {
        var client = newClient();
        var answer = post("/api/v3/assets/from-urls", """
                {"assets": [
                    {"source_url": "%1$s", "client_id": "%2$s", "name": "One"},
                    {"source_url": "%3$s", "client_id": "%2$s"},
                    {"source_url": "http://10.0.0.1/", "client_id": "%2$s"},
                    {"client_id": "%2$s"},
                    {"source_url": "%1$s", "client_id": "%2$s", "colour": "red"},
                    7,
                    {"source_url": "%1$s", "client_id": "%2$s", "name": "Two"}]}""".formatted(url("/photo"), client, url("/missing")));
        var body = answer.expectStatus()
                .isCreated()
                .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody();
        assertThat(body)
                .extracting("data")
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .extracting("name")
                .containsExactly("One", "Two");
        assertThat(body)
                .extracting("meta")
                .isEqualTo(Map.of(
                        "created",
                        2,
                        "failed",
                        5,
                        "errors",
                        List.of(
                                Map.of(
                                        "source",
                                        url("/missing"),
                                        "error",
                                        "source_url: It answered 404 instead of 200."),
                                Map.of(
                                        "source",
                                        "http://10.0.0.1/",
                                        "error",
                                        "source_url: leads to an address that is not a public one"),
                                Map.of("source", "assets[3]", "error", "source_url: is required"),
                                Map.of("source", url("/photo"), "error", "colour: is not a known field"),
                                Map.of("source", "assets[5]", "error", "assets[5]: must be an object"))));
    }

    @Test
    void five_hundred_are_fetched_a_few_at_a_time_and_not_one_more() {
        var client = newClient();
        assertThat(post("/api/v3/assets/from-urls", many(500, client))
                        .expectStatus()
                        .isCreated()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody())
                .contains("\"created\":500");
        assertThat(fetched).hasValue(500);
        assertThat(mostAtOnce.get()).isBetween(1, 8);
        refused(post("/api/v3/assets/from-urls", many(501, client)), "validation_failed", "assets");
        refused(post("/api/v3/assets/from-urls", many(0, client)), "validation_failed", "assets");
    }

    @Test
    void a_bound_key_imports_for_its_own_clients_only() {
        var client = newClient();
        post(
                        "/api/v3/assets/from-url",
                        "{\"source_url\": \"%s\", \"client_id\": \"%s\"}".formatted(url("/photo"), client),
                        Caller.CLIENTS_HEADER,
                        newClient())
                .expectStatus()
                .isEqualTo(422);
    }

    private String many(int count, String client) {
        return IntStream.range(0, count)
                .mapToObj(
                        at -> "{\"source_url\": \"%s\", \"client_id\": \"%s\"}".formatted(url("/photo/" + at), client))
                .collect(Collectors.joining(",", "{\"assets\": [", "]}"));
    }

    private void serve(String path, String type, byte[] bytes) {
        elsewhere.createContext(path, exchange -> {
            fetched.incrementAndGet();
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", type);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            } finally {
                atOnce.decrementAndGet();
            }
        });
    }

    private String url(String path) {
        return "http://localhost:" + elsewhere.getAddress().getPort() + path;
    }

    private WebTestClient.ResponseSpec fromUrl(String address, String client) {
        return post(
                "/api/v3/assets/from-url",
                "{\"source_url\": \"%s\", \"client_id\": \"%s\"}".formatted(address, client));
    }

    private static void refused(WebTestClient.ResponseSpec answer, String code, String field) {
        answer.expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo(code)
                .jsonPath("$.error.details['" + field + "'][0]")
                .exists();
    }
}
