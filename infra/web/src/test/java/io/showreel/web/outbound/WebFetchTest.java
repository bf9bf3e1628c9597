package io.showreel.web.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;

/** Here 127.0.0.2 plays the public internet, and 127.0.0.1 what must not be reached. */
class WebFetchTest {

    private static final String PUBLIC = "127.0.0.2";
    private static final String SECRET = "127.0.0.1";

    private static final Duration SOON = Duration.ofSeconds(5);

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger lookups = new AtomicInteger();
    private final AtomicInteger hops = new AtomicInteger();
    private HttpServer server;
    private ServerSocketChannel secret;
    private WebFetch fetch;
    private volatile String location = "";

    @BeforeEach
    void start() throws IOException {
        secret = ServerSocketChannel.open().bind(new InetSocketAddress(SECRET, 0));
        secret.configureBlocking(false);
        server = HttpServer.create(new InetSocketAddress(PUBLIC, secret.socket().getLocalPort()), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/photo", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "image/jpeg; charset=x");
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("photo".getBytes());
            exchange.close();
        });
        server.createContext("/leads-on", exchange -> {
            hops.incrementAndGet();
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().set("Location", location);
            }
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/count", exchange -> {
            var left = Integer.parseInt(exchange.getRequestURI().getQuery());
            exchange.getResponseHeaders().set("Location", left == 1 ? "/photo" : "/count?" + (left - 1));
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        server.createContext("/half", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("half".getBytes());
            exchange.getResponseBody().flush();
            throw new IOException("broken off");
        });
        server.createContext("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("s".getBytes());
            exchange.getResponseBody().flush();
            // Until the other side has had enough.
            try {
                Thread.sleep(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.createContext("/told", exchange -> {
            told.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("webhook-id") + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + text(exchange.getRequestBody().readAllBytes()));
            exchange.getResponseHeaders().set("Retry-After", "3");
            exchange.sendResponseHeaders(429, -1);
            exchange.close();
        });
        server.start();
        fetch = fetch(Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() throws IOException {
        assertThat(secret.accept()).as("who reached what must not be reached").isNull();
        fetch.close();
        server.stop(0);
        secret.close();
    }

    @Test
    void a_resource_is_handed_over_with_its_type() throws IOException {
        String seen =
                fetch.get(url("/photo"), (from, type, bytes) -> from + " " + type + " " + text(bytes.readAllBytes()));
        assertThat(seen).isEqualTo(url("/photo") + " image/jpeg photo");
    }

    @Test
    void three_redirects_are_followed_and_no_more() throws IOException {
        assertThat(read(url("/count?3"))).isEqualTo("photo");
        assertThatThrownBy(() -> read(url("/count?4")))
                .isInstanceOf(FetchFailedException.class)
                .hasMessageContaining("more than 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/",
                "//127.0.0.1:PORT/",
                "http://secret.example:PORT/",
                "http://2130706433:PORT/",
                "http://[::ffff:127.0.0.1]:PORT/",
                "http://photos.example@127.0.0.1:PORT/",
                "http://169.254.169.254/latest/meta-data/",
                "file:///etc/passwd",
                "gopher://127.0.0.1:PORT/",
                "http://"
            })
    void a_redirect_is_judged_as_the_address_itself(String target) {
        location = target.replace("PORT", Integer.toString(port()));
        assertThatThrownBy(() -> read(url("/leads-on"))).isInstanceOf(AddressRefusedException.class);
        assertThat(hops).hasValue(1);
    }

    @Test
    void a_redirect_to_nowhere_is_a_failure() {
        assertThatThrownBy(() -> read(url("/leads-on"))).isInstanceOf(FetchFailedException.class);
    }

    @Test
    void a_name_is_looked_up_once_and_what_was_checked_is_connected_to() throws IOException {
        assertThat(read("http://rebinding.example:" + port() + "/photo")).isEqualTo("photo");
        assertThat(lookups).hasValue(1);
        assertThatThrownBy(() -> read("http://rebinding.example:" + port() + "/photo"))
                .isInstanceOf(AddressRefusedException.class);
        assertThat(lookups).hasValue(2);
    }

    @Test
    void a_name_that_turns_between_redirects_is_refused() {
        location = "http://rebinding.example:" + port() + "/photo";
        assertThatThrownBy(() -> read("http://rebinding.example:" + port() + "/leads-on"))
                .isInstanceOf(AddressRefusedException.class);
    }

    @Test
    void what_is_no_resource_is_a_failure_that_says_so() {
        assertThatThrownBy(() -> read(url("/missing")))
                .isInstanceOf(FetchFailedException.class)
                .hasMessageContaining("404");
    }

    @Test
    void bytes_that_end_too_early_are_a_failure() {
        assertThatThrownBy(() -> read(url("/half"))).isInstanceOf(FetchFailedException.class);
    }

    @Test
    void neither_silence_nor_a_trickle_keeps_it_waiting() {
        try (var hurried = fetch(Duration.ofMillis(100), Duration.ofSeconds(30));
                var limited = fetch(Duration.ofSeconds(30), Duration.ofMillis(200))) {
            for (var impatient : List.of(hurried, limited)) {
                assertThatThrownBy(() -> impatient.get(url("/slow"), (from, type, bytes) -> text(bytes.readAllBytes())))
                        .isInstanceOf(FetchFailedException.class)
                        .hasMessageContaining("too long");
            }
        }
    }

    @Test
    void what_is_posted_arrives_as_it_is_with_its_headers() throws IOException {
        var reply = fetch.post(url("/told"), Map.of("webhook-id", "7"), "body".getBytes(), "application/json", SOON);

        assertThat(reply).isEqualTo(new WebFetch.Reply(429, "3"));
        assertThat(told).containsExactly("POST 7 application/json body");
    }

    @Test
    void a_redirect_of_what_was_posted_is_an_answer_and_is_not_followed() throws IOException {
        location = url("/told");

        assertThat(fetch.post(url("/leads-on"), Map.of(), new byte[0], "application/json", SOON)
                        .status())
                .isEqualTo(302);
        assertThat(told).isEmpty();
    }

    @Test
    void nothing_is_posted_to_what_must_not_be_reached() {
        for (var target : List.of("http://127.0.0.1:", "http://secret.example:", "http://[::ffff:127.0.0.1]:")) {
            assertThatThrownBy(() ->
                            fetch.post(target + port() + "/told", Map.of(), new byte[0], "application/json", SOON))
                    .isInstanceOf(AddressRefusedException.class);
            assertThatThrownBy(() -> fetch.check(target + port())).isInstanceOf(AddressRefusedException.class);
        }
    }

    @Test
    void an_answer_without_end_to_what_was_posted_keeps_nobody_and_fills_nothing() {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThat(
                        fetch.post(url("/slow"), Map.of(), new byte[0], "application/json", SOON)
                                .status())
                .isEqualTo(200));
    }

    @Test
    void nothing_has_to_be_configured() {
        var defaults = new Binder().bindOrCreate("showreel.outbound", OutboundSettings.class);
        assertThat(defaults.allowedHosts()).isEmpty();
        assertThat(defaults.maxRedirects()).isEqualTo(3);
        assertThat(defaults.timeout()).isEqualTo(Duration.ofMinutes(2));
    }

    private String read(String address) throws IOException {
        return fetch.get(address, (from, type, bytes) -> text(bytes.readAllBytes()));
    }

    private String url(String path) {
        return "http://photos.example:" + port() + path;
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private WebFetch fetch(Duration silence, Duration timeout) {
        return new WebFetch(
                new OutboundSettings(List.of(), 3, Duration.ofSeconds(2), silence, timeout),
                this::resolve,
                address -> address.getHostAddress().equals(PUBLIC));
    }

    /** The rebinding name answers with the public address at first, and then with the other. */
    private List<InetAddress> resolve(String host) throws UnknownHostException {
        return switch (host) {
            case "photos.example" -> machine(PUBLIC);
            case "secret.example" -> machine(SECRET);
            case "rebinding.example" -> machine(lookups.getAndIncrement() == 0 ? PUBLIC : SECRET);
            default -> List.of();
        };
    }

    private static List<InetAddress> machine(String address) throws UnknownHostException {
        return List.of(InetAddress.getByName(address));
    }

    private static String text(byte[] bytes) {
        return new String(bytes);
    }
}
