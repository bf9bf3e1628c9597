package io.showreel.messaging.outbox;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A row of the outbox. */
record StoredMessage(
        long seq,
        UUID id,
        String topic,
        String key,
        String type,
        String payload,
        Map<String, String> headers,
        Instant createdAt) {}
