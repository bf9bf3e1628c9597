package io.showreel.system.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Stands between a client and a server, such as ours and the provider, and remembers every word. */
public final class RecordingProxy implements AutoCloseable {

    private static final Set<String> ITS_OWN =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "http2-settings", "transfer-encoding");

    /** Only photos are longer, and of those nobody wants more than the beginning. */
    private static final int MOST_KEPT = 32 * 1024;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private final URI behind;
    private final String prefix;
    private final HttpServer server;

    /** @param provider without the version */
    public RecordingProxy(int port, URI provider) throws IOException {
        this(port, provider, "/v1");
    }

    /** @param prefix of all paths; it is handed on, but not part of what is remembered */
    public RecordingProxy(int port, URI behind, String prefix) throws IOException {
        this.behind = behind;
        this.prefix = prefix;
        server = HttpServer.create(new InetSocketAddress("localhost", port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(prefix + "/", this::forward);
        server.start();
    }

    public URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + prefix);
    }

    public List<Exchange> exchanges() {
        return exchanges;
    }

    @Override
    public void close() {
        server.stop(0);
        http.shutdownNow();
    }

    /** What the provider cuts off is cut off here as well. */
    private void forward(HttpExchange call) throws IOException {
        try (call) {
            var sent = call.getRequestBody().readAllBytes();
            var request = HttpRequest.newBuilder(behind.resolve(call.getRequestURI()))
                    .method(call.getRequestMethod(), BodyPublishers.ofByteArray(sent));
            call.getRequestHeaders().forEach((name, values) -> {
                if (!ITS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            var answer = http.send(request.build(), BodyHandlers.ofByteArray());
            var type = answer.headers().firstValue("content-type").orElse("");
            exchanges.add(new Exchange(
                    call.getRequestMethod(),
                    call.getRequestURI().getPath().substring(prefix.length()),
                    Objects.requireNonNullElse(call.getRequestURI().getRawQuery(), ""),
                    Objects.requireNonNullElse(call.getRequestHeaders().getFirst("content-type"), ""),
                    sent.length > MOST_KEPT ? Arrays.copyOf(sent, MOST_KEPT) : sent,
                    answer.statusCode(),
                    type,
                    answer.body()));
            answer.headers().map().forEach((name, values) -> {
                if (!ITS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> call.getResponseHeaders().add(name, value));
                }
            });
            boolean bare = answer.body().length == 0;
            call.sendResponseHeaders(answer.statusCode(), bare ? -1 : answer.body().length);
            if (!bare) {
                call.getResponseBody().write(answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
