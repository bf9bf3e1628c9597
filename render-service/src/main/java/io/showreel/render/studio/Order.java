package io.showreel.render.studio;

import java.util.Map;
import java.util.UUID;

/**
 * What is submitted.
 *
 * @param token of the attempt, sent along where the provider has a place for it
 * @param version the name of an official model, or the hash of a version
 */
public record Order(UUID token, String version, Map<String, Object> input) {
    public Order {
        input = Map.copyOf(input);
    }
}
