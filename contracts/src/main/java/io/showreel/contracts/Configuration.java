package io.showreel.contracts;

import java.util.Map;

/**
 * The pipeline configuration that a job was made with: it applies to that job for good, whatever is configured later.
 *
 * @param version rises with each change; 0 is the built-in configuration
 * @param steps settings by pipeline step ({@code image_selection}, {@code video_rendering} ...), as the REST API names
 *     them
 */
public record Configuration(long version, Map<String, Map<String, Object>> steps) {

    public static final Configuration BUILT_IN = new Configuration(0, Map.of());

    public Configuration {
        steps = Map.copyOf(steps);
    }
}
