package io.showreel.gateway.webhook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a client is told of those of its jobs that name no address themselves.
 *
 * @param goneAt when it answered 410: it is told nothing more until it is set again
 */
public record Receiver(UUID clientId, String url, @Nullable Instant goneAt, Instant updatedAt) {}
