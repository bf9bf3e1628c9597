package io.showreel.stitch.assembly;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How a take ended.
 *
 * @param object the take's file as {@code s3://bucket/key}; null if the take was lost or withdrawn
 */
public record Outcome(@Nullable URI object) {

    public static final Outcome MISSING = new Outcome(null);

    public static Outcome rendered(URI object) {
        return new Outcome(object);
    }

    boolean isMissing() {
        return object == null;
    }
}
