package io.showreel.render;

import io.showreel.contracts.Topics;
import io.showreel.embedded.FfmpegTools;
import io.showreel.embedded.KafkaServer;
import io.showreel.embedded.PostgresServer;
import io.showreel.embedded.S3Server;
import io.showreel.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The servers around render-service, and replicas of it with their patience cut short. */
final class Landscape {

    private final PostgresServer.Database database = PostgresServer.shared().createDatabase("render");
    private final Sandbox sandbox;
    private final Path scratch;
    private final Path log;

    Landscape(Sandbox sandbox, Path scratch) {
        this.scratch = scratch;
        this.log = scratch.resolveSibling("process.log");
        this.sandbox = sandbox;
        var kafka = Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, KafkaServer.shared().bootstrapServers());
        try (var admin = Admin.create(kafka)) {
            admin.createTopics(List.of(new NewTopic(Topics.SCENE_REQUESTS, Topics.PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (Exception e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(e);
            }
        }
    }

    ConfigurableApplicationContext replica(String... properties) {
        return new SpringApplicationBuilder(RenderApplication.class)
                .properties("logging.level.io.showreel=INFO")
                .run(arguments(properties).toArray(String[]::new));
    }

    /** A replica as a process of its own. */
    Process process(Class<?> main, Map<String, String> systemProperties) throws IOException {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        systemProperties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add(main.getName());
        command.addAll(arguments());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
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
        settings.addAll(List.of(properties));
        return settings.stream().map(setting -> "--" + setting).toList();
    }

    static final String FALLBACK = "google/veo-3.1-fast";
    static final int DELAY_MS = 150;
    static final int MAX_CONCURRENCY = 2;
}
