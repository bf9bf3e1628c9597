package io.showreel.sandbox.replicate;

import io.showreel.sandbox.Json;
import io.showreel.sandbox.http.Request;
import io.showreel.sandbox.model.Violation;
import io.showreel.sandbox.prediction.Hook;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The body of a create, read as strictly as Replicate reads it. */
record CreateBody(
        String version, ObjectNode input, @Nullable Hook hook) {
    private static final int LIMIT = 40 << 20;
    private static final Set<String> EVENTS = Set.of("start", "output", "logs", "completed");

    static CreateBody read(Request request, boolean withVersion) throws IOException {
        var body = parse(request);
        List<Violation> violations = new ArrayList<>();
        var fields = withVersion
                ? Set.of("version", "input", "webhook", "webhook_events_filter", "stream")
                : Set.of("input", "webhook", "webhook_events_filter", "stream");
        if (withVersion) {
            require(body, "version", "string", body.path("version").isString(), violations);
        }
        require(body, "input", "object", body.path("input").isObject(), violations);
        for (var name : body.propertyNames()) {
            if (!fields.contains(name)) {
                violations.add(new Violation(
                        "additional_property_not_allowed", "", "Additional property " + name + " is not allowed"));
            }
        }
        var hook = hook(body, violations);
        if (!violations.isEmpty()) {
            throw Problems.invalid(violations);
        }
        return new CreateBody(body.path("version").asString(""), (ObjectNode) body.path("input"), hook);
    }

    private static ObjectNode parse(Request request) throws IOException {
        var bytes = request.body().readNBytes(LIMIT);
        try {
            if (Json.MAPPER.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw Problems.malformed("JSON parse error - " + e.getOriginalMessage());
        }
        throw Problems.malformed("The body must be a JSON object");
    }

    private static void require(
            ObjectNode body, String name, String type, boolean isOfType, List<Violation> violations) {
        if (!body.has(name)) {
            violations.add(new Violation("required", "", name + " is required"));
        } else if (!isOfType) {
            violations.add(new Violation("invalid_type", name, "Invalid type. Expected: " + type));
        }
    }

    private static @Nullable Hook hook(ObjectNode body, List<Violation> violations) {
        var filter = body.path("webhook_events_filter");
        List<String> events = StreamSupport.stream(filter.spliterator(), false)
                .map(event -> event.asString(""))
                .toList();
        if (!EVENTS.containsAll(events) || !filter.isMissingNode() && !filter.isArray()) {
            violations.add(new Violation(
                    "enum",
                    "webhook_events_filter",
                    "webhook_events_filter must hold some of: \"start\", \"output\", \"logs\", \"completed\""));
        }
        var url = body.get("webhook");
        if (url == null) {
            return null;
        }
        if (!isWebAddress(url)) {
            violations.add(new Violation("format", "webhook", "Does not match format 'uri'"));
            return null;
        }
        return new Hook(url.asString(), filter.isMissingNode() ? null : events);
    }

    private static boolean isWebAddress(JsonNode url) {
        try {
            var uri = URI.create(url.asString(""));
            return uri.getScheme() != null && uri.getScheme().matches("https?") && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
