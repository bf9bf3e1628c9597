package io.showreel.gateway.job;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why something did not come about.
 *
 * @param code stable snake_case word
 * @param message for a person
 * @param sceneId the scene that it is about, if it is about one
 */
public record Problem(String code, String message, @Nullable UUID sceneId) {

    public static Problem of(String code, String message) {
        return new Problem(code, message, null);
    }
}
