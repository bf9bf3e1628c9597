package io.showreel.stitch;

import io.showreel.contracts.Topics;
import io.showreel.embedded.FfmpegTools;
import io.showreel.embedded.KafkaServer;
import io.showreel.embedded.PostgresServer;
import io.showreel.embedded.S3Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.awaitility.Awaitility;
import org.springframework.test.context.DynamicPropertyRegistry;

/** Real servers for one service under test: a database and a bucket of its own, and the broker that all share. */
public final class Servers {

    private Servers() {}

    public static void configure(DynamicPropertyRegistry registry) {
        // A machine that runs other things as well may take its time; who is done is not kept waiting.
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
        declareTopics();
        var database = PostgresServer.shared().createDatabase("stitch");
        var store = S3Server.shared();
        var bucket = "stitch-" + UUID.randomUUID();
        registry.add("spring.r2dbc.url", database::r2dbcUrl);
        registry.add("spring.r2dbc.username", database::username);
        registry.add("spring.r2dbc.password", database::password);
        registry.add("spring.flyway.url", database::jdbcUrl);
        registry.add("spring.flyway.user", database::username);
        registry.add("spring.flyway.password", database::password);
        registry.add("spring.kafka.bootstrap-servers", KafkaServer.shared()::bootstrapServers);
        registry.add("showreel.objects.endpoint", store::endpoint);
        registry.add("showreel.objects.access-key", store::accessKey);
        registry.add("showreel.objects.secret-key", store::secretKey);
        registry.add("showreel.objects.bucket", () -> bucket);
        registry.add("stitch.ffmpeg", FfmpegTools.find().ffmpeg()::toString);
    }

    static void declareTopics() {
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", KafkaServer.shared().bootstrapServers()))) {
            var topics =
                    List.of(Topics.SCENE_REQUESTS, Topics.SCENE_EVENTS, Topics.VIDEO_EVENTS, Topics.JOB_EVENTS).stream()
                            .map(topic -> new NewTopic(topic, Topics.PARTITIONS, (short) 1))
                            .toList();
            for (var creation : admin.createTopics(topics).values().values()) {
                creation.get();
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
