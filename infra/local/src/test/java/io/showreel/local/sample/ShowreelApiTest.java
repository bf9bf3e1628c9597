package io.showreel.local.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowreelApiTest {

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private ShowreelApi api;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        api = new ShowreelApi(
                URI.create("http://localhost:" + server.getAddress().getPort()), Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void a_post_that_a_dying_service_did_not_answer_is_repeated_under_the_same_key() {
        server.createContext("/jobs", exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            if (seen.size() == 1) {
                exchange.close();
            } else if (seen.size() == 2) {
                answer(exchange, 503, "{}");
            } else {
                answer(exchange, 201, "{\"job_id\": 7}");
            }
        });

        assertThat(api.post("/jobs", Map.of()).path("job_id").asInt()).isEqualTo(7);
        assertThat(seen).hasSize(3).containsOnly(seen.getFirst());
    }

    @Test
    void a_refusal_is_not_repeated() {
        server.createContext("/jobs", exchange -> {
            seen.add("asked");
            answer(exchange, 422, "{\"detail\": \"too few photos\"}");
        });

        assertThatThrownBy(() -> api.post("/jobs", Map.of()))
                .hasMessageContaining("422")
                .hasMessageContaining("too few");
        assertThat(seen).hasSize(1);
    }

    @Test
    void an_upload_is_never_repeated_by_itself() {
        server.createContext("/assets", exchange -> {
            seen.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer(exchange, 503, "{}");
        });

        assertThatThrownBy(() -> api.upload("/assets", Map.of("name", "Terrace 1"), "terrace.jpg", new byte[] {65}))
                .isInstanceOf(SampleFailure.class);
        assertThat(seen).singleElement().asString().contains("name=\"name\"", "Terrace 1", "filename=\"terrace.jpg\"");
    }

    @Test
    void polling_with_the_tag_says_nothing_until_something_changed() {
        server.createContext("/jobs/7", exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            var unchanged = "\"1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            if (unchanged) {
                exchange.sendResponseHeaders(304, -1);
                exchange.close();
            } else {
                answer(exchange, 200, "{\"status\": \"pending\"}");
            }
        });

        var first = api.poll("/jobs/7", null).orElseThrow();

        assertThat(first.body().path("status").asString()).isEqualTo("pending");
        assertThat(api.poll("/jobs/7", first.etag())).isEmpty();
    }

    @Test
    void a_list_is_read_to_its_end() {
        server.createContext("/assets", exchange -> {
            var offset = Integer.parseInt(exchange.getRequestURI().getQuery().replaceAll(".*offset=", ""));
            var ids = IntStream.range(offset, Math.min(offset + 500, 700))
                    .mapToObj(id -> "{\"id\": " + id + "}")
                    .toList();
            answer(exchange, 200, "{\"data\": " + ids + "}");
        });

        assertThat(api.list("/assets")).hasSize(700);
    }

    @Test
    void a_download_that_fails_leaves_no_film(@TempDir Path folder) {
        server.createContext("/film", exchange -> answer(exchange, 404, "{}"));
        var film = folder.resolve("film.mp4");

        assertThatThrownBy(() -> api.download("/film", film)).hasMessageContaining("404");
        assertThat(Files.exists(film)).isFalse();
    }

    @Test
    void the_sample_has_84_photos_with_names_of_their_own_and_all_files_are_there() {
        var photos = SampleCampaign.photos();

        assertThat(photos).hasSize(84).extracting(Photo::name).doesNotHaveDuplicates();
        assertThat(photos)
                .allSatisfy(photo -> assertThat(SampleCampaign.bytes(photo)).hasSizeGreaterThan(1_000));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
