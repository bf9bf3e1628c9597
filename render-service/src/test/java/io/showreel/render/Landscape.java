package io.showreel.render;

import io.showreel.contracts.Topics;
import io.showreel.embedded.FfmpegTools;
import io.showreel.embedded.KafkaServer;
import io.showreel.embedded.PostgresServer;
import io.showreel.embedded.S3Server;
import io.showreel.sandbox.Sandbox;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The servers around render-service, and replicas of it with their patience cut short. */
final class Landscape {

    private final PostgresServer.Database database = PostgresServer.shared().createDatabase("render");
    private final Sandbox sandbox;
    private final Path scratch;
    private final Path log;
    private final Path cache;

    Landscape(Sandbox sandbox, Path scratch) {
        this.scratch = scratch;
        this.log = scratch.resolveSibling("process.log");
        this.cache = scratch.resolveSibling("classes.aot");
        this.sandbox = sandbox;
        try (var admin = admin()) {
            admin.createTopics(List.of(new NewTopic(Topics.SCENE_REQUESTS, Topics.PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (Exception e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, KafkaServer.shared().bootstrapServers()));
    }

    ConfigurableApplicationContext replica(String... properties) {
        return new SpringApplicationBuilder(RenderApplication.class)
                .properties("logging.level.io.showreel=INFO")
                .run(arguments(properties).toArray(String[]::new));
    }

    /** A replica as a process of its own. */
    Process process(Class<?> main, Map<String, String> systemProperties, String... properties) throws IOException {
        return process(main, Files.exists(cache) ? "-XX:AOTCache=" : null, systemProperties, properties);
    }

    /** One that remembers what it loads, once it has ended: whatever is started later needs half the time for that. */
    Process rehearsal(Class<?> main, Map<String, String> systemProperties, String... properties) throws IOException {
        return process(main, "-XX:AOTCacheOutput=", systemProperties, properties);
    }

    private Process process(
            Class<?> main, @Nullable String caching, Map<String, String> systemProperties, String... properties)
            throws IOException {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xms256m"));
        if (caching != null) {
            command.add(caching + cache);
        }
        command.addAll(List.of("-cp", caching == null ? System.getProperty("java.class.path") : classPathOfJars()));
        systemProperties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add(main.getName());
        command.addAll(arguments(properties));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Nothing is remembered of classes that lie in folders. */
    private String classPathOfJars() throws IOException {
        var jars = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            jars.add(
                    Files.isDirectory(Path.of(entry))
                            ? jarOf(entry, jars.size()).toString()
                            : entry);
        }
        return String.join(File.pathSeparator, jars);
    }

    private Path jarOf(String classes, int number) throws IOException {
        var jar = scratch.resolveSibling("classes-" + number + ".jar");
        if (!Files.exists(jar)) {
            ToolProvider.findFirst("jar")
                    .orElseThrow()
                    .run(System.out, System.err, "-cf0", jar.toString(), "-C", classes, ".");
        }
        return jar;
    }

    private List<String> arguments(String... properties) {
        var settings = new ArrayList<>(List.of(
                "server.port=0",
                "spring.r2dbc.url=" + database.r2dbcUrl(),
                "spring.r2dbc.username=" + database.username(),
                "spring.r2dbc.password=" + database.password(),
                "spring.flyway.url=" + database.jdbcUrl(),
                "spring.flyway.user=" + database.username(),
                "spring.flyway.password=" + database.password(),
                "spring.kafka.bootstrap-servers=" + KafkaServer.shared().bootstrapServers(),
                "showreel.objects.endpoint=" + S3Server.shared().endpoint(),
                "showreel.objects.access-key=" + S3Server.shared().accessKey(),
                "showreel.objects.secret-key=" + S3Server.shared().secretKey(),
                "showreel.objects.bucket=showreel",
                "showreel.replicate.base-url=" + sandbox.apiUrl(),
                "showreel.replicate.api-key=sandbox",
                "showreel.replicate.submit-timeout=2s",
                "showreel.scratch.folder=" + scratch,
                "showreel.takes.guard-after=3s",
                "showreel.takes.first-sweep-after=300ms",
                "showreel.takes.look-back-after=8s",
                "showreel.takes.resubmission-delay-factor=0.01",
                "showreel.account.delay=" + DELAY_MS + "ms",
                "showreel.account.max-concurrency=" + MAX_CONCURRENCY,
                "showreel.account.probe-every=1500ms",
                "showreel.account.retry-every=500ms",
                "showreel.account.slow-for=5s",
                "showreel.models.fallbacks[google/veo-3-fast]=" + FALLBACK,
                "showreel.start.poll-every=100ms",
                "showreel.start.lease=3s",
                "showreel.quality.patience=30s",
                "showreel.quality.ffmpeg=" + FfmpegTools.find().ffmpeg(),
                "showreel.follow.lease=3s",
                "showreel.follow.poll-every=100ms",
                "showreel.follow.sweep-every=300ms",
                "showreel.follow.download-every=200ms",
                "showreel.follow.believe-unusable-after=2s",
                "showreel.follow.believe-gone-after=3s",
                "showreel.follow.delivery-hosts=localhost"));
        for (var property : properties) {
            // Twice the same would be a list of both.
            settings.removeIf(setting -> setting.startsWith(property.substring(0, property.indexOf('=') + 1)));
            settings.add(property);
        }
        return settings.stream().map(setting -> "--" + setting).toList();
    }

    /** Lets a process read at once what was left by one that died a few seconds ago. */
    void missTheDeadSoon() {
        var group = new ConfigResource(ConfigResource.Type.GROUP, "render-service");
        var changes = Stream.of(
                        new ConfigEntry("consumer.session.timeout.ms", "3000"),
                        new ConfigEntry("consumer.heartbeat.interval.ms", "500"))
                .map(setting -> new AlterConfigOp(setting, AlterConfigOp.OpType.SET))
                .toList();
        try (var admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(group, changes)).all().get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether all work is done. */
    boolean isAtRest() {
        return !exists("select 1 from leased_work where queue not like 'start:%' and queue <> 'forsaken'");
    }

    boolean isBeingCopied(UUID takeId) {
        return exists("select 1 from take where state = 'fetching' and take_id = '%s'".formatted(takeId));
    }

    private boolean exists(String query) {
        try (var connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return rows.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static final String FALLBACK = "google/veo-3.1-fast";
    static final int DELAY_MS = 150;
    static final int MAX_CONCURRENCY = 2;
}
