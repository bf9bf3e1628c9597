package io.showreel.system.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.showreel.contracts.Topics;
import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneEvent.TakePhase;
import io.showreel.contracts.scene.SceneEvent.TakeProgressed;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.contracts.storyboard.StoryboardEvent.StoryboardSelected;
import io.showreel.embedded.KafkaServer;
import io.showreel.messaging.CloudEvents;
import io.showreel.messaging.Vocabulary;
import io.showreel.messaging.WireJson;
import io.showreel.system.platform.Api;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.json.JsonMapper;

/** Jobs that render, and the word of selection and render about them. */
final class RenderingJobs implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", KafkaServer.shared().bootstrapServers(), "linger.ms", "0"),
            new StringSerializer(),
            new ByteArraySerializer());
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final URI gateway;
    private final Api api;
    private final Map<Long, UUID> takes = new HashMap<>();

    RenderingJobs(URI gateway) {
        this.gateway = gateway;
        this.api = new Api(gateway);
    }

    List<Long> create(int count) throws IOException, InterruptedException {
        var jobs = new ArrayList<Long>();
        for (int n = 0; n < count; n++) {
            jobs.add(create());
        }
        jobs.forEach(job -> say(Topics.STORYBOARD_EVENTS, job, storyboard(job)));
        jobs.forEach(job -> {
            await().atMost(PATIENCE).until(() -> api.get("/api/v3/jobs/" + job)
                    .path("current_stage")
                    .asString()
                    .equals("storyboard_ready"));
            api.post("/api/v3/jobs/" + job + "/approve", "{}");
            takes.put(
                    job,
                    UUID.fromString(api.get("/api/v3/jobs/" + job + "/takes")
                            .path("data")
                            .path(0)
                            .path("take_id")
                            .asString()));
        });
        return jobs;
    }

    private long create() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(gateway.resolve("/api/v3/jobs/from-image-pairs"))
                .header("Content-Type", "application/json")
                .header("Prefer", "respond-async")
                .POST(BodyPublishers.ofString("{\"campaign_id\": \"%s\", \"num_pairs\": 2}".formatted(new UUID(0, 1))))
                .build();
        return json.readTree(http.send(request, BodyHandlers.ofByteArray()).body())
                .path("job_id")
                .asLong();
    }

    private static StoryboardSelected storyboard(long job) {
        var scenes = new ArrayList<StoryboardEvent.ChosenScene>();
        for (int n = 1; n <= 2; n++) {
            scenes.add(new StoryboardEvent.ChosenScene(
                    "Scene " + n,
                    null,
                    "a slow dolly forward",
                    "hook",
                    "Exterior",
                    Duration.ofSeconds(4),
                    "cut",
                    new UUID(0, 2 * n - 1),
                    new UUID(0, 2 * n),
                    0.8,
                    null,
                    List.of()));
        }
        return new StoryboardSelected(
                job,
                1,
                scenes,
                StoryboardEvent.Origin.MODEL,
                null,
                new StoryboardEvent.Effort("grok", 1, 1, Usd.ZERO, null));
    }

    /** @param number shown as the take's place in the queue */
    void change(long job, int number) {
        say(Topics.SCENE_EVENTS, job, new TakeProgressed(job, 1, takes.get(job), null, TakePhase.QUEUED, number, null));
    }

    private void say(String topic, long job, Object message) {
        var said = new ProducerRecord<>(
                topic, Long.toString(job), WireJson.mapper().writeValueAsBytes(message));
        said.headers().add(CloudEvents.ID, UUID.randomUUID().toString().getBytes(UTF_8));
        said.headers()
                .add(CloudEvents.TYPE, Vocabulary.typeOf(message.getClass()).getBytes(UTF_8));
        producer.send(said);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        http.close();
    }
}
