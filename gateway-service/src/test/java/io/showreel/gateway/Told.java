package io.showreel.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client's own server, which is told of jobs over real HTTP and answers as a test wants it. */
final class Told implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final Deque<Integer> answers = new ArrayDeque<>();
    private final CountDownLatch patience = new CountDownLatch(1);
    private volatile boolean holding;
    private volatile Runnable meanwhile = () -> {};

    final List<Notice> notices = new CopyOnWriteArrayList<>();

    record Notice(String id, String timestamp, String signature, String body) {

        JsonNode json() {
            return JSON.readTree(body);
        }

        String type() {
            return json().path("type").asString();
        }

        Map<String, String> headers() {
            return Map.of("webhook-id", id, "webhook-timestamp", timestamp, "webhook-signature", signature);
        }
    }

    /** Answers with these statuses in turn, then with 204. */
    Told(Integer... statuses) {
        this(0, List.of(statuses));
    }

    static Told at(int port) {
        return new Told(port, List.of());
    }

    private Told(int port, List<Integer> statuses) {
        answers.addAll(statuses);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::hear);
        server.start();
    }

    /** Hears everything and answers nothing until it is closed. */
    Told holding() {
        holding = true;
        return this;
    }

    /** Does that once, between hearing and answering. */
    Told meanwhile(Runnable once) {
        meanwhile = once;
        return this;
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/hook";
    }

    private void hear(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        notices.add(new Notice(
                headers.getFirst("webhook-id"),
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                body));
        if (holding) {
            await();
        }
        var once = meanwhile;
        meanwhile = () -> {};
        once.run();
        int status;
        synchronized (answers) {
            status = answers.isEmpty() ? 204 : answers.removeFirst();
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void await() {
        try {
            patience.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        patience.countDown();
        server.stop(0);
    }
}
