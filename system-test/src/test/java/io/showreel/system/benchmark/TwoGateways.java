package io.showreel.system.benchmark;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.showreel.contracts.Topics;
import io.showreel.embedded.KafkaServer;
import io.showreel.embedded.PostgresServer;
import io.showreel.embedded.process.Ports;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Two gateways as processes of their own over one database, and a campaign of four photos that they can ask for. */
final class TwoGateways implements AutoCloseable {

    private static final Duration TO_START = Duration.ofMinutes(3);
    private static final Path MODULE = Path.of("../gateway-service/target");

    private final HttpServer neighbours;
    private final List<Process> processes;
    private final List<Integer> ports;

    private TwoGateways(HttpServer neighbours, List<Process> processes, List<Integer> ports) {
        this.neighbours = neighbours;
        this.processes = processes;
        this.ports = ports;
    }

    static TwoGateways start(String heap) throws IOException, InterruptedException {
        declareForeignTopics();
        var neighbours = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        neighbours.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        neighbours.createContext("/", exchange -> {
            var body = exchange.getRequestURI().getPath().endsWith("/candidates") ? campaign() : "{\"takes\": []}";
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        neighbours.start();
        var asked = "http://localhost:" + neighbours.getAddress().getPort();
        var database = PostgresServer.shared().createDatabase("live_benchmark");
        var ports = List.of(Ports.free(), Ports.free());
        var first = start(heap, ports.get(0), database, asked);
        awaitReady(ports.get(0));
        var second = start(heap, ports.get(1), database, asked);
        awaitReady(ports.get(1));
        return new TwoGateways(neighbours, List.of(first, second), ports);
    }

    private static Process start(String heap, int port, PostgresServer.Database database, String neighbours)
            throws IOException {
        var classPath = MODULE.resolve("classes")
                + File.pathSeparator
                + Files.readString(MODULE.resolve("classpath")).strip();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-cp",
                        classPath,
                        "io.showreel.gateway.GatewayApplication",
                        "--server.port=" + port,
                        "--spring.r2dbc.url=" + database.r2dbcUrl(),
                        "--spring.r2dbc.username=" + database.username(),
                        "--spring.r2dbc.password=" + database.password(),
                        "--spring.flyway.url=" + database.jdbcUrl(),
                        "--spring.flyway.user=" + database.username(),
                        "--spring.flyway.password=" + database.password(),
                        "--spring.kafka.bootstrap-servers="
                                + KafkaServer.shared().bootstrapServers(),
                        "--showreel.asset-url=" + neighbours,
                        "--showreel.render-url=" + neighbours)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "gateway-" + port + ".log").toFile())
                .start();
    }

    private static void declareForeignTopics() throws InterruptedException {
        try (var admin = Admin.create(
                Map.<String, Object>of("bootstrap.servers", KafkaServer.shared().bootstrapServers()))) {
            admin.createTopics(List.of(Topics.STORYBOARD_EVENTS, Topics.SCENE_EVENTS, Topics.VIDEO_EVENTS).stream()
                            .map(name -> new NewTopic(name, Topics.PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String campaign() {
        return """
                {"campaign": {"id": "%1$s", "client_id": "%1$s", "name": "Benchmark", "brief": null, "goal": null},
                 "client": {"id": "%1$s", "name": "Benchmark", "brand_guidelines": null},
                 "photos": [%2$s]}
                """.formatted(
                        new UUID(0, 1),
                        IntStream.rangeClosed(1, 4)
                                .mapToObj(n -> """
                                                {"asset_id": "%s", "name": "Exterior %d", "tags": [], "description": null,
                                                 "object": "s3://showreel/assets/%064d.jpg", "width": 1280, "height": 720}
                                                """.formatted(new UUID(0, n), n, n))
                                .collect(Collectors.joining(",")));
    }

    private static void awaitReady(int port) {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health/readiness"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            await("gateway")
                    .atMost(TO_START)
                    .ignoreExceptions()
                    .until(() -> http.send(request, BodyHandlers.discarding()).statusCode() == 200);
        }
    }

    URI first() {
        return URI.create("http://localhost:" + ports.get(0));
    }

    URI second() {
        return URI.create("http://localhost:" + ports.get(1));
    }

    /** In megabytes. */
    long residentOfSecond() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + processes.get(1).pid() + "/status")).stream()
                        .filter(line -> line.startsWith("VmRSS"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElse(0)
                / 1024;
    }

    @Override
    public void close() throws InterruptedException {
        processes.forEach(Process::destroy);
        for (var process : processes) {
            process.waitFor();
        }
        neighbours.stop(0);
    }
}
