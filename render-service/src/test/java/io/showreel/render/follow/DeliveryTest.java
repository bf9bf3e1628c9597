package io.showreel.render.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.showreel.contracts.scene.TakeKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DeliveryTest {

    @TempDir
    private Path folder;

    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final Delivery delivery = new Delivery(settings());
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.createContext("/small", exchange -> {
            authorizations.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("hello".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.createContext("/large", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[2048]);
            exchange.close();
        });
        server.createContext("/declared-large", exchange -> {
            exchange.sendResponseHeaders(200, 2048);
            exchange.getResponseBody().write(new byte[2048]);
            exchange.close();
        });
        server.createContext("/broken", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        server.createContext("/elsewhere", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://169.254.169.254/");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/stalled", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            awaitEnd();
        });
        server.createContext("/trickling", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (!awaitEnd(20)) {
                exchange.getResponseBody().write(1);
                exchange.getResponseBody().flush();
            }
        });
        server.createContext("/silent", exchange -> awaitEnd());
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        ended.countDown();
        server.stop(0);
        threads.close();
    }

    private void awaitEnd() {
        awaitEnd(60_000);
    }

    private boolean awaitEnd(int millis) {
        try {
            return ended.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stalled", "/silent"})
    @Timeout(10)
    void an_output_that_stops_coming_is_not_waited_for(String path) {
        assertThatThrownBy(() -> delivery.fetch(at(path), folder.resolve("output")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("stopped coming");
    }

    @Test
    @Timeout(10)
    void an_output_that_comes_too_slowly_is_given_up() {
        assertThatThrownBy(() -> delivery.fetch(at("/trickling"), folder.resolve("output")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("stopped coming");
    }

    @Test
    void what_would_be_no_better_the_next_time_is_told_from_what_may_be() {
        for (var path : List.of("/large", "/declared-large")) {
            assertThatThrownBy(() -> delivery.fetch(at(path), folder.resolve("output")))
                    .as(path)
                    .isInstanceOf(UnusableOutputException.class);
        }
        assertThatThrownBy(() -> delivery.fetch(URI.create("https://evil.example/x"), folder.resolve("output")))
                .isInstanceOf(UnusableOutputException.class);
        for (var path : List.of("/broken", "/nothing")) {
            assertThatThrownBy(() -> delivery.fetch(at(path), folder.resolve("output")))
                    .as(path)
                    .isNotInstanceOf(UnusableOutputException.class);
        }
    }

    @Test
    void an_output_is_fetched_without_our_key() throws Exception {
        var file = folder.resolve("output");
        delivery.fetch(at("/small"), file);
        assertThat(file).hasContent("hello");
        assertThat(authorizations).isEmpty();
    }

    @Test
    void an_output_in_the_address_itself_is_taken_too() throws Exception {
        var file = folder.resolve("output");
        delivery.fetch(URI.create("data:audio/mpeg;base64,aGVsbG8="), file);
        assertThat(file).hasContent("hello");
    }

    @Test
    void hosts_that_nobody_named_are_not_asked() {
        for (var address : List.of(
                "https://evil.example/x",
                "https://localhost.evil.example/x",
                "http://replicate.delivery/x",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/small",
                "file:///etc/passwd")) {
            assertThatThrownBy(() -> delivery.fetch(URI.create(address), folder.resolve("output")))
                    .as(address)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not fetched");
        }
    }

    @Test
    void too_much_too_little_and_elsewhere_are_no_output() {
        for (var path : List.of("/large", "/broken", "/elsewhere", "/nothing")) {
            assertThatThrownBy(() -> delivery.fetch(at(path), folder.resolve("output")))
                    .as(path)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_file_is_known_by_its_bytes() throws IOException {
        assertThat(MediaKind.of(file("ID3".getBytes(StandardCharsets.ISO_8859_1))))
                .contains(MediaKind.MP3);
        assertThat(MediaKind.of(file("RIFFxxxxWAVE".getBytes(StandardCharsets.ISO_8859_1))))
                .contains(MediaKind.WAV);
        assertThat(MediaKind.of(file("<html>no</html>".getBytes(StandardCharsets.ISO_8859_1))))
                .isEmpty();
        assertThat(MediaKind.of(file(mp4(32)))).contains(MediaKind.MP4);
        assertThat(MediaKind.of(file(mp4(33)))).as("its last box is cut off").isEmpty();
        assertThat(MediaKind.MP4.suits(TakeKind.MUSIC)).isFalse();
        assertThat(MediaKind.WAV.suits(TakeKind.CLIP)).isFalse();
    }

    private static byte[] mp4(int sizeOfLast) {
        return ByteBuffer.allocate(64)
                .putInt(16)
                .put("ftypisom0000".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(16)
                .put("moov00000000".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(sizeOfLast)
                .put("mdat".getBytes(StandardCharsets.ISO_8859_1))
                .array();
    }

    private Path file(byte[] start) throws IOException {
        var bytes = Arrays.copyOf(start, Math.max(start.length, 16));
        return Files.write(folder.resolve("file"), bytes);
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    private static FollowSettings settings() {
        var source = Map.of(
                "showreel.follow.delivery-hosts", "replicate.delivery,localhost",
                "showreel.follow.largest-output", "1KB",
                "showreel.follow.download-stall", "300ms",
                "showreel.follow.download-timeout", "1s");
        return new Binder(new MapConfigurationPropertySource(source))
                .bindOrCreate("showreel.follow", FollowSettings.class);
    }
}
