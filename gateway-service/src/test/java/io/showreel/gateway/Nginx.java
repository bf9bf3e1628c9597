package io.showreel.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.showreel.embedded.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An nginx with one worker, from the system's package, that serves a folder. */
final class Nginx implements AutoCloseable {

    private static final String CONFIGURATION = """
            user root;
            worker_processes 1;
            pid %1$s/nginx.pid;
            error_log stderr;
            daemon off;
            events {}
            http {
                access_log off;
                sendfile on;
                tcp_nopush on;
                keepalive_requests 100000000;
                client_body_temp_path %1$s;
                proxy_temp_path %1$s;
                fastcgi_temp_path %1$s;
                uwsgi_temp_path %1$s;
                scgi_temp_path %1$s;
                server {
                    listen 127.0.0.1:%2$d;
                    root %3$s;
                }
            }
            """;

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Skips the test, and says so, where a program is missing. */
    static void require(String... programs) {
        for (var program : programs) {
            if (find(program).isEmpty()) {
                var message = "SKIPPED: " + program + " is not installed";
                System.err.println(message);
                abort(message);
            }
        }
    }

    static Nginx serve(Path files, Path scratch) throws IOException {
        int port = Ports.free();
        var configuration =
                Files.writeString(scratch.resolve("nginx.conf"), CONFIGURATION.formatted(scratch, port, files));
        var process = new ProcessBuilder(find("nginx").orElseThrow().toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("nginx.log").toFile())
                .start();
        await("nginx").atMost(Duration.ofSeconds(10)).until(() -> Ports.answers(port));
        return new Nginx(process, port);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    static Optional<Path> find(String program) {
        var folders = new ArrayList<>(List.of(System.getenv("PATH").split(":")));
        folders.add("/usr/sbin");
        return folders.stream()
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
