package io.showreel.system.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.showreel.contracts.Topics;
import io.showreel.messaging.CloudEvents;
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

/**
 * How long messages took from the transaction that wrote them to that of their reader, read from the topics and the
 * inboxes afterwards. A message's header says when its writer's transaction began; where its writer wrote it while
 * handling another message, that one's place in the writer's inbox says when it was committed.
 */
final class Hops {

    private static final List<String> READ =
            List.of(Topics.JOB_COMMANDS, Topics.STORYBOARD_EVENTS, Topics.SCENE_REQUESTS, Topics.SCENE_EVENTS);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Databases databases;
    private final List<Sent> sent;
    private final Instant since;

    private record Sent(String topic, UUID id, Instant made, UUID cause) {}

    private Hops(Databases databases, List<Sent> sent, Instant since) {
        this.databases = databases;
        this.sent = sent;
        this.since = since;
    }

    static Hops since(Instant since, int kafkaPort, Databases databases) {
        return new Hops(databases, sentSince(since, kafkaPort), since);
    }

    /** From the commit in the one service's database to the commit in the other's. */
    Times fromCommit(String topic, String writer, String reader) {
        var written = databases.inboxCommits(writer, since);
        return times(topic, reader, message -> written.get(message.cause()));
    }

    /** From the moment that the message's header names, which is before the commit. */
    Times fromHeader(String topic, String reader) {
        return times(topic, reader, Sent::made);
    }

    /** From the beginning of the transaction that asks for a storyboard to the storyboard. */
    Times selection() {
        var asked = new HashMap<UUID, Instant>();
        of(Topics.JOB_COMMANDS).forEach(message -> asked.put(message.id(), message.made()));
        var times = new ArrayList<Duration>();
        for (var answer : of(Topics.STORYBOARD_EVENTS)) {
            var start = asked.get(answer.cause());
            if (start != null) {
                times.add(Duration.between(start, answer.made()));
            }
        }
        return new Times(times);
    }

    private interface Start {
        Instant of(Sent message);
    }

    private Times times(String topic, String reader, Start start) {
        var read = databases.inboxCommits(reader, since);
        var times = new ArrayList<Duration>();
        for (var message : of(topic)) {
            var from = start.of(message);
            var to = read.get(message.id());
            if (from != null && to != null) {
                times.add(Duration.between(from, to));
            }
        }
        return new Times(times);
    }

    private List<Sent> of(String topic) {
        return sent.stream().filter(message -> message.topic().equals(topic)).toList();
    }

    private static List<Sent> sentSince(Instant since, int kafkaPort) {
        var bytes = new ByteArrayDeserializer();
        Map<String, Object> settings = Map.of("bootstrap.servers", "localhost:" + kafkaPort);
        try (var consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
            var partitions = READ.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            var ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            var times = new HashMap<TopicPartition, Long>();
            partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
            consumer.offsetsForTimes(times)
                    .forEach((partition, first) ->
                            consumer.seek(partition, first == null ? ends.get(partition) : first.offset()));
            var sent = new ArrayList<Sent>();
            Predicate<TopicPartition> isRead = partition -> consumer.position(partition) >= ends.get(partition);
            var giveUp = Instant.now().plus(PATIENCE);
            while (!partitions.stream().allMatch(isRead) && Instant.now().isBefore(giveUp)) {
                consumer.poll(Duration.ofMillis(200)).forEach(kept -> sent.add(sent(kept)));
            }
            return sent;
        }
    }

    private static Sent sent(ConsumerRecord<byte[], byte[]> kept) {
        return new Sent(
                kept.topic(),
                UUID.fromString(header(kept, CloudEvents.ID)),
                Instant.parse(header(kept, CloudEvents.TIME)),
                cause(kept));
    }

    /** Null if the message was not written while another was handled. */
    private static UUID cause(ConsumerRecord<byte[], byte[]> kept) {
        var header = kept.headers().lastHeader(CloudEvents.CAUSATION_ID);
        return header == null ? null : UUID.fromString(new String(header.value(), UTF_8));
    }

    private static String header(ConsumerRecord<byte[], byte[]> kept, String name) {
        return new String(kept.headers().lastHeader(name).value(), UTF_8);
    }
}
