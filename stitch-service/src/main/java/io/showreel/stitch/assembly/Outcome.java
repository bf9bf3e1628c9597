package io.showreel.stitch.assembly;

import io.showreel.contracts.scene.SceneEvent.Quality;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How a take ended.
 *
 * @param object the take's file as {@code s3://bucket/key}; null if the take was lost or withdrawn
 * @param cleanFrames how many frames it decodes to without a complaint; null if nobody has looked, or there was one
 */
public record Outcome(@Nullable URI object, @Nullable Integer cleanFrames) {

    public static final Outcome MISSING = new Outcome(null, null);

    public static Outcome rendered(URI object) {
        return new Outcome(object, null);
    }

    public static Outcome rendered(URI object, @Nullable Quality seen) {
        return new Outcome(object, seen == null ? null : seen.cleanFrames());
    }

    boolean isMissing() {
        return object == null;
    }
}
