package io.showreel.render.take;

import io.showreel.messaging.Origin;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A cut asking for a take.
 *
 * @param origin of the request for the cut, so that what is said because of it can be followed
 */
public record Wish(
        long jobId, int cut, UUID takeId, @Nullable UUID sceneId, Origin origin) {}
