package io.showreel.gateway.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notice on its way to a receiver.
 *
 * @param id the webhook-id, the same on every try
 * @param body as it is signed
 * @param tries since it was last asked for; {@code attempts} lists all
 * @param dueAt when it is tried next; null once it is not
 * @param giveUpAt after a failure from then on, it is not tried again
 */
public record Delivery(
        UUID id,
        long jobId,
        UUID clientId,
        String type,
        String url,
        String body,
        Status status,
        int tries,
        List<Attempt> attempts,
        @Nullable Instant dueAt,
        Instant giveUpAt,
        Instant insertedAt,
        Instant updatedAt) {

    public enum Status {
        PENDING,
        DELIVERED,
        FAILED
    }

    /**
     * One try.
     *
     * @param status that the receiver answered; null if it did not
     * @param error why it does not count as delivered; null if it does
     */
    public record Attempt(
            Instant at,
            long durationMs,
            @Nullable Integer status,
            @Nullable String error) {}
}
