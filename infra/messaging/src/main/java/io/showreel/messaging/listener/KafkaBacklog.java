package io.showreel.messaging.listener;

import io.showreel.messaging.Backlog;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Compares the offsets that this service's group has committed, which follow the commit of the effects, with the ends of
 * the topics.
 */
final class KafkaBacklog implements Backlog, AutoCloseable {

    private final Map<String, Object> settings;
    private final Group group;
    private final Supplier<Set<String>> topics;
    private final Duration timeout;
    private @Nullable Admin admin;

    /** @param topics asked for late: the subscriptions' handlers may themselves need this backlog */
    KafkaBacklog(Map<String, Object> kafka, Group group, Supplier<Set<String>> topics, Duration timeout) {
        this.settings = new HashMap<>(kafka);
        this.settings.put(AdminClientConfig.CLIENT_ID_CONFIG, group.id() + "-backlog");
        this.settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(timeout.toMillis()));
        this.settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(timeout.toMillis()));
        this.group = group;
        this.topics = topics;
        this.timeout = timeout;
    }

    @Override
    public Snapshot snapshot() {
        try {
            var ends = offsets(partitions(), OffsetSpec.latest());
            ends.values().removeIf(end -> end == 0);
            return new Snapshot(ends);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new BacklogUnknownException(e);
        }
    }

    @Override
    public boolean isRead(Snapshot snapshot) {
        var behind = new HashSet<>(snapshot.ends().keySet());
        try {
            var committed = committed();
            behind.removeIf(partition -> reaches(committed, partition, snapshot));
            if (!behind.isEmpty()) {
                // What a topic has forgotten can't be read any more, nor committed.
                var beginnings = offsets(behind, OffsetSpec.earliest());
                behind.removeIf(partition -> reaches(beginnings, partition, snapshot));
            }
            return behind.isEmpty();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false;
        }
    }

    /** Records by topic that this group has not read yet. What a topic has forgotten counts as read. */
    Map<String, Long> unread() throws ExecutionException, TimeoutException {
        var ends = offsets(partitions(), OffsetSpec.latest());
        var beginnings = offsets(ends.keySet(), OffsetSpec.earliest());
        var committed = committed();
        var unread = new HashMap<String, Long>();
        ends.forEach((partition, end) -> {
            var read = Math.max(committed.getOrDefault(partition, 0L), beginnings.getOrDefault(partition, 0L));
            unread.merge(partition.topic(), Math.max(0, end - read), Long::sum);
        });
        return unread;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(timeout);
        }
    }

    private static boolean reaches(Map<TopicPartition, Long> offsets, TopicPartition partition, Snapshot snapshot) {
        return offsets.getOrDefault(partition, 0L) >= snapshot.ends().getOrDefault(partition, 0L);
    }

    private Set<TopicPartition> partitions() throws ExecutionException, TimeoutException {
        var partitions = new HashSet<TopicPartition>();
        for (var topic : admin().describeTopics(topics.get()).topicNameValues().entrySet()) {
            try {
                await(topic.getValue())
                        .partitions()
                        .forEach(
                                partition -> partitions.add(new TopicPartition(topic.getKey(), partition.partition())));
            } catch (ExecutionException e) {
                // Its writer has not declared it yet, so nothing was said on it.
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return partitions;
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, TimeoutException {
        var asked = partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which));
        var offsets = new HashMap<TopicPartition, Long>();
        await(admin().listOffsets(asked).all()).forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    private Map<TopicPartition, Long> committed() throws ExecutionException, TimeoutException {
        var offsets = new HashMap<TopicPartition, Long>();
        try {
            await(admin().listConsumerGroupOffsets(group.id()).partitionsToOffsetAndMetadata())
                    .forEach((partition, committed) -> {
                        if (committed != null) {
                            offsets.put(partition, committed.offset());
                        }
                    });
        } catch (ExecutionException e) {
            // The group has never been there, so it has read nothing.
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
        return offsets;
    }

    private <T> T await(KafkaFuture<T> answer) throws ExecutionException, TimeoutException {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(settings);
        }
        return admin;
    }
}
