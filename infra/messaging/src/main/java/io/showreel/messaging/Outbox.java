package io.showreel.messaging;

import java.util.List;
import reactor.core.publisher.Mono;

/** Says something exactly if the caller's transaction commits. On the wire each message appears at least once. */
public interface Outbox {

    /**
     * Keeps the messages in the caller's R2DBC transaction; they are sent soon after its commit. Their origin is taken
     * from the Reactor context ({@link Origin#write()}).
     *
     * <p>Errors with {@link PayloadTooLargeException} over 512 kB, and with {@code NoTransactionException} outside a
     * transaction.
     */
    Mono<Void> append(List<Message> messages);

    /** {@link #append(List)} */
    default Mono<Void> append(Message... messages) {
        return append(List.of(messages));
    }
}
