package io.showreel.gateway.timeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a job.
 *
 * @param type stable snake_case word
 * @param sceneId the scene that it is about, if it is about one
 * @param data details by their snake_case names, without nulls
 */
public record Happening(
        String type, Source source, @Nullable UUID sceneId, Map<String, Object> data) {

    public Happening {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /** Who brought it about. */
    public enum Source {
        /** Somebody who called the API. */
        CLIENT,
        GATEWAY_SERVICE,
        SELECTION_SERVICE,
        RENDER_SERVICE,
        STITCH_SERVICE
    }
}
