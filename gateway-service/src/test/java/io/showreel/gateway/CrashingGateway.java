package io.showreel.gateway;

import static org.awaitility.Awaitility.await;

import io.showreel.gateway.job.JobChanges;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** A replica in a process of its own that ends, as if by kill -9, between the commit of a job's change and the answer. */
final class CrashingGateway implements AutoCloseable {

    static final int CODE = 42;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final RunningGateway gateway;

    private CrashingGateway(Process process, RunningGateway gateway) {
        this.process = process;
        this.gateway = gateway;
    }

    /** Its only deviation from the real service; not annotated, so that no other instance in these tests finds it. */
    static class Crash {
        @Bean
        @Primary
        JobChanges crash(@Value("${crash.job}") long job) {
            return (jobId, version) -> {
                if (jobId == job) {
                    Runtime.getRuntime().halt(CODE);
                }
            };
        }
    }

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(GatewayApplication.class, Crash.class).run(arguments);
    }

    static CrashingGateway start(List<String> arguments, Path log) throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingGateway.class.getName()));
        arguments.stream()
                .filter(argument -> !argument.startsWith("--server.port="))
                .forEach(command::add);
        command.add("--server.port=" + port);
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var gateway = RunningGateway.at(URI.create("http://localhost:" + port));
        try {
            await("the replica that will crash; see " + log)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptions()
                    .until(() -> gateway.get("/actuator/health/readiness").status() == 200);
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
        return new CrashingGateway(process, gateway);
    }

    RunningGateway gateway() {
        return gateway;
    }

    Process process() {
        return process;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
