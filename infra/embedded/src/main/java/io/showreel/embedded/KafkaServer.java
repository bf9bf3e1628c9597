package io.showreel.embedded;

import io.showreel.embedded.process.Folders;
import io.showreel.embedded.process.Ports;
import io.showreel.embedded.process.Program;
import io.showreel.embedded.process.RunningServer;
import io.showreel.embedded.process.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** A Kafka broker that is its own controller, over a folder of its own. */
public final class KafkaServer implements Server {

    private final Settings settings;

    /**
     * @param data the folder that keeps the data between runs; made at the first start
     * @param port of the broker, on the loopback interface
     * @param controllerPort of its controller; nobody else needs it, so it may differ from run to run
     */
    public record Settings(Path data, int port, int controllerPort) {}

    public KafkaServer(Settings settings) {
        this.settings = settings;
    }

    /** The one broker of this JVM, for tests: started at first use over a temporary folder, gone with the JVM. */
    public static KafkaServer shared() {
        return Shared.SERVER;
    }

    public String bootstrapServers() {
        return "localhost:" + settings.port();
    }

    @Override
    public Program prepare() {
        var data = settings.data().toAbsolutePath();
        var configuration = data.resolve("server.properties");
        try {
            Files.createDirectories(data);
            Files.writeString(configuration, properties(data.resolve("log")));
            if (!Files.exists(data.resolve("log/meta.properties"))) {
                format(data, configuration);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot prepare Kafka in " + data, e);
        }
        return new Program(
                "kafka",
                ServerJars.java("320m", List.of(), "kafka.Kafka", configuration.toString()),
                Map.of(),
                data,
                Program.StopSignal.TERM);
    }

    @Override
    public boolean isReady() {
        return KafkaHandshake.succeeds(settings.port());
    }

    private String properties(Path log) {
        var properties = Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.bootstrap.servers", "localhost:" + settings.controllerPort()),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry(
                        "listeners",
                        "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d"
                                .formatted(settings.port(), settings.controllerPort())),
                Map.entry("log.dirs", log.toString()),
                // A topic is declared by its writer: a misspelt name must not become one.
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("num.partitions", "12"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "10"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "10"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                // Members learn their partitions, and that another one died, by heartbeat: the defaults take 8 and 45
                // s.
                Map.entry("group.consumer.min.heartbeat.interval.ms", "500"),
                Map.entry("group.consumer.heartbeat.interval.ms", "1000"),
                Map.entry("group.consumer.min.session.timeout.ms", "3000"),
                Map.entry("group.consumer.session.timeout.ms", "10000"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("log.retention.hours", "168"),
                Map.entry("log.cleaner.dedupe.buffer.size", "16777216"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"));
        return properties.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private static void format(Path data, Path configuration) throws IOException {
        var command = ServerJars.java(
                "128m",
                List.of("-XX:TieredStopAtLevel=1"),
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                newClusterId(),
                "--config",
                configuration.toString(),
                "--standalone");
        var process = new ProcessBuilder(command)
                .directory(data.toFile())
                .redirectErrorStream(true)
                .start();
        try (var output = process.inputReader()) {
            var said = output.readAllAsString();
            if (process.waitFor() != 0) {
                throw new IOException("Formatting failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }

    /** As Kafka writes a UUID; the first byte keeps it from looking like an option. */
    private static String newClusterId() {
        var bytes = new byte[16];
        ThreadLocalRandom.current().nextBytes(bytes);
        bytes[0] = 1;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static final class Shared {
        static final KafkaServer SERVER = start();

        private static KafkaServer start() {
            var scratch = Folders.temporary("kafka");
            var server = new KafkaServer(new Settings(scratch.resolve("data"), Ports.free(), Ports.free()));
            RunningServer.startForThisJvm(server, scratch);
            return server;
        }
    }
}
