package io.showreel.gateway.pipeline;

import io.showreel.contracts.Configuration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of the settings.
 *
 * @param version rises with each change; 0 is what is built in
 * @param changedBy name of the API key; null for what is built in
 */
public record Pipeline(
        long version,
        Steps steps,
        @Nullable String changedBy,
        @Nullable Instant changedAt) {

    public static final Pipeline BUILT_IN = new Pipeline(0, Steps.BUILT_IN, null, null);

    /** As a job keeps it for good, and commands carry it. */
    public Configuration configuration() {
        return version == 0 ? Configuration.BUILT_IN : new Configuration(version, steps.toWire());
    }
}
