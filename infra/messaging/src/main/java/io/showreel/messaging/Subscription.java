package io.showreel.messaging;

import reactor.core.publisher.Mono;

/**
 * A topic that this service reads; each bean of this type becomes a listener of the group
 * {@code spring.application.name}. One subscription per topic.
 *
 * @param vocabulary a sealed interface of records; a message of another type becomes its nested {@code Unrecognised}
 *     record, or is skipped if it has none
 */
public record Subscription<T>(String topic, Class<T> vocabulary, Handler<T> handler) {

    /**
     * Handles one message inside the listener's transaction, which it shares with the inbox and usually with other
     * messages of the same poll. It only composes local database work: it neither blocks nor opens a transaction of its
     * own, and keeps nothing in memory that a rollback should undo.
     */
    @FunctionalInterface
    public interface Handler<T> {
        Mono<Void> on(T message, Delivery delivery);
    }
}
