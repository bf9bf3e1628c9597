package io.showreel.system.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.showreel.contracts.Topics;
import io.showreel.messaging.CloudEvents;
import io.showreel.system.platform.Api;
import io.showreel.system.platform.RunningShowreel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.JsonNode;

/**
 * How long messages took from their writer's commit to that of their reader, read from the databases afterwards. Of
 * selection-service, which has no database, the provider knows when it asked the model, and the header of its event
 * when it had made the storyboard.
 */
final class Hops implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> TRACED = List.of("gateway", "render");

    private final RunningShowreel showreel;
    private final Databases databases;
    private final Instant since;

    private Hops(RunningShowreel showreel, Databases databases, Instant since) {
        this.showreel = showreel;
        this.databases = databases;
        this.since = since;
    }

    /** From now on until it is closed; what was written before is not looked at. */
    static Hops follow(RunningShowreel showreel, Databases databases) {
        TRACED.forEach(databases::traceOutbox);
        return new Hops(showreel, databases, Instant.now());
    }

    /** From the commit in the one service's database, through outbox, relay and broker, to that in the other's. */
    Times between(String writer, String topic, String reader) {
        var read = databases.inboxCommits(reader, since);
        var times = new ArrayList<Duration>();
        for (var message : databases.written(writer)) {
            var commit = read.get(message.id());
            if (message.topic().equals(topic) && commit != null) {
                times.add(Duration.between(message.commit(), commit));
            }
        }
        return new Times(times);
    }

    /** From the gateway's commit to the first question that the model is asked about the job. */
    Times toTheModel() {
        var asked = new HashMap<String, Instant>();
        for (var request : new Api(showreel.sandbox()).get("/_sandbox/requests")) {
            var conversation = request.path("conversation");
            if (conversation.isString()) {
                asked.merge(
                        conversation.asString(), received(request), (one, other) -> one.isBefore(other) ? one : other);
            }
        }
        var times = new ArrayList<Duration>();
        for (var message : databases.written("gateway")) {
            var question = asked.get(message.key());
            if (message.topic().equals(Topics.JOB_COMMANDS) && question != null) {
                times.add(Duration.between(message.commit(), question));
            }
        }
        return new Times(times);
    }

    /** From the moment that a storyboard had been made to the gateway's commit. */
    Times fromSelection() {
        var read = databases.inboxCommits("gateway", since);
        var times = new ArrayList<Duration>();
        storyboards().forEach((id, made) -> {
            var commit = read.get(id);
            if (commit != null) {
                times.add(Duration.between(made, commit));
            }
        });
        return new Times(times);
    }

    @Override
    public void close() {
        TRACED.forEach(databases::endTrace);
    }

    private static Instant received(JsonNode request) {
        return Instant.parse(request.path("received").asString());
    }

    private Map<UUID, Instant> storyboards() {
        var bytes = new ByteArrayDeserializer();
        Map<String, Object> settings = Map.of("bootstrap.servers", "localhost:" + showreel.port("kafka"));
        try (var consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
            var partitions = consumer.partitionsFor(Topics.STORYBOARD_EVENTS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            var ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            var times = new HashMap<TopicPartition, Long>();
            partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
            consumer.offsetsForTimes(times)
                    .forEach((partition, first) ->
                            consumer.seek(partition, first == null ? ends.get(partition) : first.offset()));
            var made = new HashMap<UUID, Instant>();
            Predicate<TopicPartition> isRead = partition -> consumer.position(partition) >= ends.get(partition);
            var giveUp = Instant.now().plus(PATIENCE);
            while (!partitions.stream().allMatch(isRead) && Instant.now().isBefore(giveUp)) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(kept -> made.put(
                                UUID.fromString(header(kept, CloudEvents.ID)),
                                Instant.parse(header(kept, CloudEvents.TIME))));
            }
            return made;
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> kept, String name) {
        return new String(kept.headers().lastHeader(name).value(), UTF_8);
    }
}
