package io.showreel.render.studio.replicate;

import io.showreel.render.studio.Prediction;
import io.showreel.render.studio.Prediction.Status;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads Replicate's prediction objects, leniently: what is missing or new must not throw. */
final class Predictions {

    private final JsonMapper json;

    Predictions(JsonMapper json) {
        this.json = json;
    }

    /** @throws IllegalArgumentException without an id, since that alone is indispensable */
    Prediction read(JsonNode node) {
        var id = text(node.path("id"));
        if (id == null) {
            throw new IllegalArgumentException("a prediction without an id");
        }
        var model = text(node.path("model"));
        return new Prediction(
                id,
                model == null ? "" : model,
                statusOf(node.path("status").asString("")),
                inputOf(node.path("input")),
                text(node.path("webhook")),
                outputOf(node.path("output")),
                errorOf(node.path("error")),
                instant(node.path("created_at")),
                instant(node.path("started_at")),
                instant(node.path("completed_at")));
    }

    private static Status statusOf(String word) {
        return switch (word) {
            case "starting" -> Status.STARTING;
            case "processing" -> Status.PROCESSING;
            case "succeeded" -> Status.SUCCEEDED;
            case "failed" -> Status.FAILED;
            case "canceled" -> Status.CANCELED;
            case "aborted" -> Status.ABORTED;
            default -> Status.UNKNOWN;
        };
    }

    private Map<String, Object> inputOf(JsonNode input) {
        var values = new HashMap<String, Object>();
        for (var property : input.properties()) {
            if (!property.getValue().isNull()) {
                values.put(property.getKey(), json.convertValue(property.getValue(), Object.class));
            }
        }
        return values;
    }

    /** One address, the first of a list, or an object's video; of models that write, the output is no address at all. */
    private static @Nullable URI outputOf(JsonNode output) {
        var address = output.isArray() ? output.path(0) : output.isObject() ? output.path("video") : output;
        var text = text(address);
        try {
            return text == null ? null : new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static @Nullable String errorOf(JsonNode error) {
        if (error.isNull() || error.isMissingNode()) {
            return null;
        }
        return error.isString() ? error.asString() : error.toString();
    }

    private static @Nullable Instant instant(JsonNode node) {
        var text = text(node);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() && !node.asString().isBlank() ? node.asString() : null;
    }
}
