package io.showreel.gateway.timeline;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A happening in its place on a job's timeline.
 *
 * @param id counts the job's happenings from 1, the same on every replica
 * @param occurredAt when the gateway learned of it; the order is that of the ids, whatever clocks say
 * @param source {@code client}, or the service that brought it about
 */
public record Moment(
        long id,
        String type,
        Instant occurredAt,
        String source,
        @Nullable UUID sceneId,
        Map<String, Object> data) {}
