package io.showreel.gateway;

import static org.awaitility.Awaitility.await;

import io.showreel.contracts.Topics;
import io.showreel.contracts.Usd;
import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.contracts.scene.SceneRequest.RequestedTake;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.contracts.video.VideoEvent;
import io.showreel.embedded.KafkaServer;
import io.showreel.messaging.CloudEvents;
import io.showreel.messaging.WireJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Plays selection, render and stitch on a real broker: reads what the gateway says, and answers as a test wants it. */
final class OtherServices implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, String> consumer;
    private final Thread reading;
    /** By the job. */
    private final Map<String, List<ConsumerRecord<String, String>>> heard = new ConcurrentHashMap<>();

    OtherServices() {
        var broker = KafkaServer.shared().bootstrapServers();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker), new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker,
                        "group.id",
                        "others-" + UUID.randomUUID(),
                        "auto.offset.reset",
                        "earliest",
                        "metadata.max.age.ms",
                        "500"),
                new StringDeserializer(),
                new StringDeserializer());
        reading = Thread.ofVirtual().start(() -> {
            try (consumer) {
                consumer.subscribe(List.of(Topics.JOB_COMMANDS, Topics.SCENE_REQUESTS, Topics.JOB_EVENTS));
                while (true) {
                    consumer.poll(Duration.ofMillis(100))
                            .forEach(said -> heard.computeIfAbsent(said.key(), job -> new CopyOnWriteArrayList<>())
                                    .add(said));
                }
            } catch (WakeupException e) {
                // The end of the test.
            }
        });
    }

    Stream<ConsumerRecord<String, String>> heard(long jobId, Class<?> type) {
        return heard.getOrDefault(Long.toString(jobId), List.of()).stream()
                .filter(said -> header(said, CloudEvents.TYPE).orElse("").equals(typeOf(type)));
    }

    <T> T expect(long jobId, Class<T> type, int nth) {
        return WireJson.mapper().readValue(awaitRecord(jobId, type, nth).value(), type);
    }

    ConsumerRecord<String, String> awaitRecord(long jobId, Class<?> type, int nth) {
        return await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> heard(jobId, type).skip(nth - 1L).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    static Optional<String> header(ConsumerRecord<?, ?> said, String name) {
        return Optional.ofNullable(said.headers().lastHeader(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }

    static String typeOf(Class<?> type) {
        return type.getSimpleName().replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT) + ".v1";
    }

    void say(String topic, long jobId, Object message) {
        var said = new ProducerRecord<>(
                topic, Long.toString(jobId), WireJson.mapper().writeValueAsBytes(message));
        Map.of(
                        CloudEvents.ID, UUID.randomUUID().toString(),
                        CloudEvents.TYPE, typeOf(message.getClass()))
                .forEach((name, value) -> said.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(said);
        producer.flush();
    }

    SelectScenes select(long jobId) {
        var asked = expect(jobId, SelectScenes.class, 1);
        answer(asked);
        return asked;
    }

    /** Chooses the photos in their order. */
    void answer(SelectScenes asked) {
        var photos = asked.photos();
        long jobId = asked.jobId();
        say(
                Topics.STORYBOARD_EVENTS,
                jobId,
                new StoryboardEvent.StoryboardSelected(
                        jobId,
                        asked.selection(),
                        IntStream.range(0, asked.wish().sceneCount())
                                .mapToObj(n -> new StoryboardEvent.ChosenScene(
                                        "Scene " + (n + 1),
                                        null,
                                        "a slow dolly forward",
                                        "hook",
                                        "Exterior",
                                        asked.wish().clipDuration(),
                                        asked.wish().transition(),
                                        photos.get(2 * n % photos.size()).assetId(),
                                        photos.get((2 * n + 1) % photos.size()).assetId(),
                                        0.8,
                                        null,
                                        List.of()))
                                .toList(),
                        StoryboardEvent.Origin.MODEL,
                        "calm piano",
                        new StoryboardEvent.Effort("grok", 1, 1, Usd.ZERO, null)));
    }

    void render(CutRequested cut, RequestedTake take) {
        render(cut, take, URI.create("s3://showreel/takes/" + take.takeId() + ".mp4"));
    }

    void render(CutRequested cut, RequestedTake take, URI object) {
        say(
                Topics.SCENE_EVENTS,
                cut.jobId(),
                new SceneEvent.TakeRendered(
                        cut.jobId(),
                        cut.cut(),
                        take.takeId(),
                        take.sceneId(),
                        take.input().kind(),
                        "prediction-" + take.takeId(),
                        take.input().model(),
                        object,
                        "video/mp4",
                        1000,
                        take.input().length(),
                        Usd.of("0.40"),
                        1));
    }

    void lose(CutRequested cut, RequestedTake take) {
        say(
                Topics.SCENE_EVENTS,
                cut.jobId(),
                new SceneEvent.TakeLost(
                        cut.jobId(),
                        cut.cut(),
                        take.takeId(),
                        take.sceneId(),
                        take.input().kind(),
                        SceneEvent.LossReason.MODERATED,
                        "Flagged as sensitive",
                        Usd.ZERO,
                        1));
    }

    void withdraw(CutRequested cut, RequestedTake take) {
        say(
                Topics.SCENE_EVENTS,
                cut.jobId(),
                new SceneEvent.TakeWithdrawn(
                        cut.jobId(),
                        cut.cut(),
                        take.takeId(),
                        take.sceneId(),
                        take.input().kind(),
                        Usd.ZERO,
                        0));
    }

    void close(CutRequested cut, String spent) {
        say(
                Topics.SCENE_EVENTS,
                cut.jobId(),
                new SceneEvent.CutClosed(cut.jobId(), cut.cut(), 0, 0, 0, Usd.of(spent), Usd.of(spent)));
    }

    void publish(CutRequested cut, URI film, String sha256, long size, UUID... missing) {
        say(
                Topics.VIDEO_EVENTS,
                cut.jobId(),
                new VideoEvent.FilmPublished(
                        cut.jobId(),
                        cut.cut(),
                        film,
                        film,
                        sha256,
                        size,
                        1920,
                        1080,
                        384,
                        Duration.ofSeconds(16),
                        List.of(missing),
                        "copy"));
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            reading.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }
}
