package io.showreel.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The module as a client sees it, over a real connection. */
class WireTest {

    @TempDir
    static Path folder;

    private static ConfigurableApplicationContext application;
    private static WebTestClient client;

    @BeforeAll
    static void start() throws IOException {
        Files.write(folder.resolve("film"), "0123456789".getBytes());
        application = SpringApplication.run(
                Application.class,
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.autoconfigure.exclude="
                        + "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration");
        client = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + application.getEnvironment().getProperty("local.server.port"))
                .build();
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void what_comes_in_and_goes_out_is_snake_case() {
        client.post()
                .uri("/rooms")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"full_name\": \"Attic\", \"beds\": 2, \"kind\": \"open_air\"}")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("{\"data\": {\"full_name\": \"Attic\", \"beds\": 2, \"kind\": \"open_air\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"full_name\": \"a\", \"colour\": 1} | 422 | validation_failed | colour | is not a known field",
                "{\"beds\": 1} | 422 | validation_failed | full_name | must not be blank",
                "{\"full_name\": 5} | 422 | validation_failed | full_name | must be a text",
                "{\"full_name\": \"a\", \"beds\": \"2\"} | 422 | validation_failed | beds | must be a number",
                "{\"full_name\": \"a\", \"beds\": 1.5} | 422 | validation_failed | beds | must be a number",
                "{\"full_name\": \"a\", \"kind\": \"cave\"} | 422 | validation_failed | kind | must be one of indoors, open_air",
                "[] | 422 | validation_failed | body | must be an object"
            })
    void a_wrong_field_is_named(String body, int status, String code, String field, String message) {
        problem("/rooms", body)
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo(code)
                .jsonPath("$.error.details['" + field + "'][0]")
                .isEqualTo(message)
                .jsonPath("$.instance")
                .isEqualTo("/rooms");
    }

    @Test
    void typed_bodies_are_as_strict_as_trees() {
        problem("/typed", "{\"full_name\": \"a\", \"colour\": 1}")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.error.details.colour[0]")
                .isEqualTo("is not a known field");
        problem("/typed", "").expectStatus().isEqualTo(422);
        problem("/typed", "{\"full_name\"").expectStatus().isEqualTo(400);
    }

    @Test
    void a_kept_connection_goes_on_after_requests_that_had_to_queue_behind_each_other() throws IOException {
        var port = Integer.parseInt(application.getEnvironment().getProperty("local.server.port"));
        var both = get("/slow") + get("/refused");
        try (var connection = new Socket("localhost", port)) {
            connection.setSoTimeout(10_000);
            for (int round = 0; round < 20; round++) {
                connection.getOutputStream().write(both.getBytes(US_ASCII));
                assertThat(answer(connection.getInputStream())).contains(" 200 ", "slow");
                assertThat(answer(connection.getInputStream())).contains(" 409 ", "room_taken");
            }
        }
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    /** One answer: its head, and its body of the length that the head says. */
    private static String answer(InputStream connection) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = connection.read();
            assertThat(next).as("after %s", head).isNotNegative();
            head.append((char) next);
        }
        var length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
        assertThat(length.find()).as(head.toString()).isTrue();
        return head + new String(connection.readNBytes(Integer.parseInt(length.group(1))), US_ASCII);
    }

    @Test
    void the_framework_errors_are_problems_too() {
        get("/nowhere", 404, "not_found");
        get("/things/not-a-uuid", 404, "not_found");
        get("/counted?count=many", 422, "validation_failed");
        get("/counted", 422, "validation_failed");
        get("/paged?limit=1001", 422, "validation_failed");
        get("/paged?offset=-1", 422, "validation_failed");
        get("/refused", 409, "room_taken");
        client.delete().uri("/rooms").exchange().expectStatus().isEqualTo(405);
        client.post()
                .uri("/rooms")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("hello")
                .exchange()
                .expectStatus()
                .isEqualTo(415)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("unsupported_media");
        problem("/rooms", "{\"full_name\": \"" + "x".repeat(1_100_000) + "\"}")
                .expectStatus()
                .isEqualTo(413)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("payload_too_large");
    }

    @Test
    void what_breaks_inside_stays_inside() {
        var body = get("/broken", 500, "internal_error");
        assertThat(body).doesNotContain("secret", "Exception", "select", "java");
    }

    @Test
    void a_page_says_where_it_lies() {
        client.get()
                .uri("/paged?limit=2&offset=4")
                .exchange()
                .expectBody()
                .json("{\"data\": [1, 2], \"meta\": {\"total\": 9, \"limit\": 2, \"offset\": 4}}");
        client.get().uri("/paged").exchange().expectBody().json("{\"meta\": {\"limit\": 25, \"offset\": 0}}");
    }

    @Test
    void a_request_id_is_accepted_or_made_and_echoed() {
        client.get()
                .uri("/request-id")
                .header(RequestId.HEADER, "abc-1")
                .exchange()
                .expectHeader()
                .valueEquals(RequestId.HEADER, "abc-1")
                .expectBody(String.class)
                .isEqualTo("abc-1");
        client.get()
                .uri("/request-id")
                .header(RequestId.HEADER, "<script>")
                .exchange()
                .expectHeader()
                .value(RequestId.HEADER, id -> assertThat(UUID.fromString(id)).isNotNull());
        client.get().uri("/nowhere").exchange().expectHeader().exists(RequestId.HEADER);
    }

    @Test
    void a_film_is_served_in_ranges() {
        client.get()
                .uri("/film?v=1")
                .header("Range", "bytes=2-4")
                .exchange()
                .expectStatus()
                .isEqualTo(206)
                .expectHeader()
                .valueEquals("Content-Range", "bytes 2-4/10")
                .expectHeader()
                .valueEquals("ETag", "\"abc\"")
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .valueEquals("Cache-Control", "public, max-age=31536000, immutable")
                .expectHeader()
                .value("Content-Disposition", value -> assertThat(value)
                        .startsWith("inline;")
                        .contains("filename*=UTF-8''K%C3%BCche_%20_.mp4"))
                .expectBody(String.class)
                .isEqualTo("234");
        client.get()
                .uri("/film")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Cache-Control", "no-cache")
                .expectHeader()
                .contentLength(10)
                .expectBody(String.class)
                .isEqualTo("0123456789");
        client.get()
                .uri("/film")
                .header("Range", "bytes=10-")
                .exchange()
                .expectStatus()
                .isEqualTo(416)
                .expectHeader()
                .valueEquals("Content-Range", "bytes */10")
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        client.get()
                .uri("/film")
                .header("If-None-Match", "\"abc\"")
                .exchange()
                .expectStatus()
                .isNotModified()
                .expectHeader()
                .valueEquals("ETag", "\"abc\"");
        client.method(HttpMethod.HEAD)
                .uri("/film")
                .header("Range", "bytes=2-4")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentLength(10)
                .expectBody()
                .isEmpty();
    }

    private WebTestClient.ResponseSpec problem(String path, String body) {
        return client.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private String get(String path, int status, String code) {
        var body = client.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        assertThat(body).contains("\"code\":\"" + code + "\"");
        return body;
    }

    enum Kind {
        INDOORS,
        OPEN_AIR
    }

    record Room(@NotBlank @Size(max = 3_000_000) String fullName, Integer beds, Kind kind) {}

    @EnableAutoConfiguration
    @RestController
    static class Application {

        @PostMapping("/rooms")
        One<Room> room(@RequestBody ObjectNode body) {
            return new One<>(JsonBody.read(body, Room.class));
        }

        @PostMapping("/typed")
        One<Room> typed(@RequestBody Room room) {
            return new One<>(room);
        }

        @GetMapping("/things/{id}")
        One<UUID> thing(@PathVariable UUID id) {
            return new One<>(id);
        }

        @GetMapping("/counted")
        One<Integer> counted(@RequestParam int count) {
            return new One<>(count);
        }

        @GetMapping("/paged")
        Listed<Integer> paged(Paging paging) {
            return Listed.of(List.of(1, 2), 9, paging);
        }

        @GetMapping("/refused")
        Mono<Void> refused() {
            return Mono.error(ApiException.conflict("room_taken", "Somebody is in there."));
        }

        /** Slow enough for the next request to come meanwhile. */
        @GetMapping("/slow")
        Mono<One<String>> slow() {
            return Mono.delay(Duration.ofMillis(20)).thenReturn(new One<>("slow"));
        }

        @GetMapping("/broken")
        Mono<Void> broken() {
            return Mono.error(new IllegalStateException("select secret from somewhere"));
        }

        @GetMapping("/request-id")
        Mono<String> requestId() {
            return Mono.deferContextual(context -> Mono.justOrEmpty(RequestId.in(context)));
        }

        @RequestMapping(
                path = "/film",
                method = {RequestMethod.GET, RequestMethod.HEAD})
        Mono<Void> film(ServerWebExchange exchange) {
            var links = new MediaLinks(new MediaSettings(null, Duration.ofDays(1)), Clock.systemUTC());
            var cache = links.cacheControl("/film", exchange.getRequest().getQueryParams());
            var described = new Described("abc", Instant.EPOCH, 10, "video/mp4", "a/Küche\" \u0007\".mp4", cache);
            return RangedContent.serve(exchange, described, folder.resolve("film"));
        }
    }
}
