package io.showreel.sandbox.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.showreel.sandbox.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/** Receives webhooks, and refuses as many as it is told to. */
final class Receiver implements AutoCloseable {
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private int refusals;

    record Received(String id, long timestamp, String signature, String body) {
        String status() {
            return Json.MAPPER.readTree(body).path("status").asString();
        }

        boolean isSignedWith(String secret) {
            return Signature.of(secret, id, timestamp, body).equals(signature);
        }
    }

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::receive);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/hook?att=1";
    }

    synchronized void refuse(int times) {
        refusals = times;
    }

    List<Received> received() {
        return received;
    }

    List<Received> await(int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> received.size() >= count);
        return received;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(new Received(
                headers.getFirst("webhook-id"),
                Long.parseLong(headers.getFirst("webhook-timestamp")),
                headers.getFirst("webhook-signature"),
                body));
        exchange.sendResponseHeaders(isRefused() ? 500 : 200, -1);
        exchange.close();
    }

    private synchronized boolean isRefused() {
        return refusals-- > 0;
    }
}
