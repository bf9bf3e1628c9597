package io.showreel.messaging;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells whether this service has read what had been said up to a moment. A clock that waits for a message may fire only
 * after that: what happened during an outage lies in the topics, and counts.
 *
 * <pre>{@code
 * var upToNow = backlog.snapshot();
 * // ... later, on the same thread or another
 * if (backlog.isRead(upToNow)) { fire(); }
 * }</pre>
 *
 * <p>It knows nothing of messages that still wait in their writer's outbox. All methods block, for a few seconds at most.
 */
public interface Backlog {

    /**
     * Where the subscribed topics end now.
     *
     * @throws BacklogUnknownException if the broker can't be asked
     */
    Snapshot snapshot();

    /** Whether the effects of everything before the snapshot are committed; false if the broker can't be asked. */
    boolean isRead(Snapshot snapshot);

    /** @param ends the offset after the last message of each partition; partitions without any are left out */
    record Snapshot(Map<TopicPartition, Long> ends) {
        public Snapshot {
            ends = Map.copyOf(ends);
        }
    }

    /** The broker did not answer in time. */
    final class BacklogUnknownException extends RuntimeException {
        public BacklogUnknownException(Throwable cause) {
            super("The end of the subscribed topics is unknown: " + cause, cause);
        }
    }
}
