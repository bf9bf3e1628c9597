package io.showreel.system.benchmark;

import io.showreel.embedded.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Polls that find nothing new, answered by the gateway and by nginx with one worker, in turns. */
final class PollRace implements AutoCloseable {

    private static final String CONFIGURATION = """
            user root;
            worker_processes 1;
            pid %1$s/nginx.pid;
            error_log stderr;
            daemon off;
            events {}
            http {
                access_log off;
                keepalive_requests 100000000;
                client_body_temp_path %1$s;
                proxy_temp_path %1$s;
                fastcgi_temp_path %1$s;
                uwsgi_temp_path %1$s;
                scgi_temp_path %1$s;
                server {
                    listen 127.0.0.1:%2$d;
                    root %1$s;
                }
            }
            """;
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern TROUBLE = Pattern.compile("Non-2xx or 3xx responses: \\d+|Socket errors: .*");

    private final Process nginx;
    private final Target file;
    private final Target job;

    /** A page and the tag that makes its server answer 304. */
    private record Target(URI page, String etag, int bytes) {}

    /** Polls a second. */
    record Lap(double gateway, double nginx) {

        double ratio() {
            return gateway / nginx;
        }
    }

    private PollRace(Process nginx, Target file, Target job) {
        this.nginx = nginx;
        this.file = file;
        this.job = job;
    }

    /** What is missing on this machine; empty if the race can be held. */
    static List<String> missing() {
        return Stream.of("nginx", "wrk")
                .filter(program -> program(program).isEmpty())
                .toList();
    }

    static PollRace prepare(Path home, URI job) throws IOException, InterruptedException {
        var folder = Files.createDirectories(home.resolve("nginx"));
        var target = target(job);
        // As large as the job's page is, though neither is sent.
        Files.writeString(folder.resolve("page.json"), "x".repeat(2_000));
        var port = Ports.free();
        var configuration = Files.writeString(folder.resolve("nginx.conf"), CONFIGURATION.formatted(folder, port));
        var nginx = new ProcessBuilder(program("nginx").orElseThrow().toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        Awaitility.await("nginx").atMost(Duration.ofSeconds(10)).until(() -> Ports.answers(port));
        return new PollRace(nginx, target(URI.create("http://127.0.0.1:" + port + "/page.json")), target);
    }

    int pageBytes() {
        return job.bytes();
    }

    Lap lap(Duration length) throws IOException, InterruptedException {
        return new Lap(rate(job, length), rate(file, length));
    }

    private static double rate(Target target, Duration length) throws IOException, InterruptedException {
        var wrk = new ProcessBuilder(
                        program("wrk").orElseThrow().toString(),
                        "-t1",
                        "-c32",
                        "-d" + length.toSeconds() + "s",
                        "-H",
                        "If-None-Match: " + target.etag(),
                        target.page().toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(wrk.getInputStream().readAllBytes());
        wrk.waitFor();
        var rate = RATE.matcher(said);
        if (!rate.find() || TROUBLE.matcher(said).find()) {
            throw new IllegalStateException("wrk said: " + said);
        }
        return Double.parseDouble(rate.group(1));
    }

    /** Looks at the page once, and asks once whether it is new. */
    private static Target target(URI page) throws IOException, InterruptedException {
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var whole = http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofByteArray());
            var etag = whole.headers().firstValue("ETag").orElseThrow();
            var again = http.send(
                    HttpRequest.newBuilder(page).header("If-None-Match", etag).build(), BodyHandlers.discarding());
            if (again.statusCode() != 304) {
                throw new IllegalStateException(page + " answers " + again.statusCode() + " to its own tag");
            }
            return new Target(page, etag, whole.body().length);
        }
    }

    private static Optional<Path> program(String name) {
        var folders = new ArrayList<>(List.of(System.getenv("PATH").split(":")));
        folders.add("/usr/sbin");
        return folders.stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() throws IOException {
        nginx.destroy();
        try {
            if (!nginx.waitFor(5, TimeUnit.SECONDS)) {
                nginx.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
