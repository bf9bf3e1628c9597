package io.showreel.sandbox.fault;

import io.showreel.sandbox.Json;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A fault that somebody ordered.
 *
 * @param calls  how many calls it could have struck since then
 * @param struck when it did, and whom
 * @param over   whether it can't strike any more
 */
public record Ordered(
        String id, Instant at, Trigger trigger, Fault fault, int calls, List<Strike> struck, boolean over) {
    private static final List<String> OF_THE_TRIGGER =
            List.of("model", "account", "times", "calls", "probability", "seed", "lasting", "each");
    // A misspelt order that is silently half obeyed would make a test green.
    private static final JsonMapper STRICT = Json.MAPPER
            .rebuild()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** One time that a fault struck. */
    public record Strike(Instant at, String subject) {}

    /** How often it struck this one. */
    int strikes(String subject) {
        return (int) struck.stream()
                .filter(strike -> strike.subject().equals(subject))
                .count();
    }

    /** What an order says, before it is one. */
    record Wish(Trigger trigger, Fault fault) {

        /** The fault's own fields and the trigger's stand side by side. */
        static Wish read(JsonNode order) {
            var trigger = Json.object();
            var fault = Json.object();
            order.properties()
                    .forEach(field -> part(field.getKey(), trigger, fault).set(field.getKey(), field.getValue()));
            return new Wish(STRICT.treeToValue(trigger, Trigger.class), STRICT.treeToValue(fault, Fault.class));
        }

        private static ObjectNode part(String field, ObjectNode trigger, ObjectNode fault) {
            return OF_THE_TRIGGER.contains(field) ? trigger : fault;
        }
    }
}
