package io.showreel.stitch;

import io.showreel.contracts.Topics;
import io.showreel.contracts.job.JobEvent;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.video.VideoEvent;
import io.showreel.embedded.KafkaServer;
import io.showreel.messaging.CloudEvents;
import io.showreel.messaging.Vocabulary;
import io.showreel.messaging.WireJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Speaks for gateway and render, and hears what stitch says. */
public final class Wire implements AutoCloseable {

    /** What was heard about a job, with the request that it was said for. */
    record Heard(long jobId, VideoEvent event, String requestId) {}

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();

    public Wire() {
        Servers.declareTopics();
        var servers = KafkaServer.shared().bootstrapServers();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        var partitions = IntStream.range(0, Topics.PARTITIONS)
                .mapToObj(number -> new TopicPartition(Topics.VIDEO_EVENTS, number))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    public void request(long jobId, SceneRequest request) {
        send(Topics.SCENE_REQUESTS, jobId, request, UUID.randomUUID());
    }

    public void event(long jobId, SceneEvent event) {
        send(Topics.SCENE_EVENTS, jobId, event, UUID.randomUUID());
    }

    public void job(long jobId, JobEvent event) {
        send(Topics.JOB_EVENTS, jobId, event, UUID.randomUUID());
    }

    /** Everything said about the job until now, in order. */
    public List<VideoEvent> heardOf(long jobId) {
        return heardWithOriginOf(jobId).stream().map(Heard::event).toList();
    }

    synchronized List<Heard> heardWithOriginOf(long jobId) {
        var vocabulary = Vocabulary.of(VideoEvent.class);
        for (var message : consumer.poll(Duration.ofMillis(50))) {
            var headers = message.headers();
            var type = new String(headers.lastHeader(CloudEvents.TYPE).value(), StandardCharsets.UTF_8);
            var requestId = headers.lastHeader(CloudEvents.REQUEST_ID);
            heard.add(new Heard(
                    Long.parseLong(new String(message.key(), StandardCharsets.UTF_8)),
                    vocabulary.read(type, message.value()).orElseThrow(),
                    requestId == null ? "" : new String(requestId.value(), StandardCharsets.UTF_8)));
        }
        return heard.stream().filter(each -> each.jobId() == jobId).toList();
    }

    private void send(String topic, long jobId, Object payload, UUID id) {
        var message = new ProducerRecord<>(
                topic,
                Long.toString(jobId).getBytes(StandardCharsets.UTF_8),
                WireJson.mapper().writeValueAsBytes(payload));
        Map.of(
                        CloudEvents.ID, id.toString(),
                        CloudEvents.TYPE, Vocabulary.typeOf(payload.getClass()),
                        CloudEvents.REQUEST_ID, "request-" + jobId)
                .forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(message).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
