package io.showreel.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Stands in for asset-service and render-service over real HTTP, and remembers what was asked of them. */
final class Neighbourhood implements AutoCloseable {

    /** A client that there is not. */
    static final UUID NOBODY = new UUID(0, 404);

    private final HttpServer server;
    private final Map<UUID, String> campaigns = new ConcurrentHashMap<>();
    private final Map<Long, String> ledgers = new ConcurrentHashMap<>();
    private final Map<String, Canned> canned = new ConcurrentHashMap<>();
    /** Opens when the first byte of an upload is here. */
    final CountDownLatch uploading = new CountDownLatch(1);

    final List<Asked> asked = new CopyOnWriteArrayList<>();

    private record Canned(int status, String body) {}

    record Asked(String method, String path, Map<String, String> headers, String body) {}

    Neighbourhood() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** A campaign with photos whose asset ids count from 1. */
    UUID campaign(UUID client, int photos) {
        var id = UUID.randomUUID();
        campaigns.put(id, """
                {"campaign": {"id": "%s", "client_id": "%s", "name": "Mountain Retreat", "brief": "calm", "goal": null},
                 "client": {"id": "%s", "name": "ACME", "brand_guidelines": null},
                 "photos": [%s]}
                """.formatted(
                        id,
                        client,
                        client,
                        IntStream.rangeClosed(1, photos)
                                .mapToObj(n -> """
                                                {"asset_id": "%s", "name": "Exterior %d", "tags": ["exterior"],
                                                 "description": null, "object": "s3://showreel/assets/%064d.jpg",
                                                 "width": 1280, "height": 720}
                                                """.formatted(new UUID(0, n), n, n))
                                .collect(Collectors.joining(","))));
        return id;
    }

    void forget(UUID campaign) {
        campaigns.remove(campaign);
    }

    void ledger(long jobId, String takes) {
        ledgers.put(jobId, takes);
    }

    /** From now on this is what is answered there. */
    void answer(String path, int status, String body) {
        canned.put(path, new Canned(status, body));
    }

    Asked last(String path) {
        return asked.stream()
                .filter(one -> one.path().equals(path))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        var first = exchange.getRequestBody().read();
        if (first >= 0 && path.endsWith("/assets")) {
            uploading.countDown();
        }
        var rest = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(exchange.getRequestMethod(), path, headers, first < 0 ? "" : (char) first + rest));
        var parts = path.split("/");
        String body;
        if (path.matches("/internal/campaigns/[^/]+/candidates")) {
            body = campaigns.get(UUID.fromString(parts[3]));
        } else if (path.matches("/internal/jobs/\\d+/takes")) {
            body = ledgers.get(Long.parseLong(parts[3]));
        } else if (path.equals("/api/v3/clients/" + NOBODY)) {
            body = null;
        } else if (canned.containsKey(path)) {
            body = canned.get(path).body();
        } else {
            body = "{\"answered\": \"" + path + "\"}";
        }
        var bytes = (body == null ? "{}" : body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("X-Request-Id", String.valueOf(headers.get("X-Request-Id")));
        int status = canned.containsKey(path) ? canned.get(path).status() : 200;
        exchange.sendResponseHeaders(body == null ? 404 : status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
