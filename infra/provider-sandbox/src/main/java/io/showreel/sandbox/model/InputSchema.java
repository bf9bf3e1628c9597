package io.showreel.sandbox.model;

import io.showreel.sandbox.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The part of JSON schema that models describe their inputs with. */
public record InputSchema(@Nullable List<String> required, Map<String, ObjectNode> properties) {

    /** What is wrong with an input, in the order of the schema. */
    public List<Violation> violations(ObjectNode input) {
        List<Violation> found = new ArrayList<>();
        for (var name : required()) {
            if (!input.has(name)) {
                found.add(new Violation("required", "input", name + " is required"));
            }
        }
        input.properties().forEach(given -> {
            var name = given.getKey();
            var property = properties.get(name);
            if (property == null) {
                found.add(new Violation(
                        "additional_property_not_allowed", "input", "Additional property " + name + " is not allowed"));
            } else {
                check("input." + name, name, given.getValue(), property, found);
            }
        });
        return found;
    }

    /** The schema as Replicate publishes it: choices are schemas of their own that properties refer to. */
    public ObjectNode published() {
        var schemas = Json.object();
        var input = schemas.putObject("Input").put("type", "object").put("title", "Input");
        if (!required().isEmpty()) {
            var names = input.putArray("required");
            required().forEach(names::add);
        }
        var shown = input.putObject("properties");
        int order = 0;
        for (var entry : properties.entrySet()) {
            var name = entry.getKey();
            var property = entry.getValue().deepCopy();
            var choices = property.remove("enum");
            if (choices != null) {
                schemas.putObject(name)
                        .put("type", property.path("type").asString())
                        .put("title", name)
                        .put("description", "An enumeration.")
                        .set("enum", choices);
                property.remove("type");
                property.putArray("allOf").addObject().put("$ref", "#/components/schemas/" + name);
            } else {
                property.put("title", title(name));
            }
            property.put("x-order", order++);
            shown.set(name, property);
        }
        schemas.putObject("Output").put("type", "string").put("title", "Output").put("format", "uri");
        return schemas;
    }

    @Override
    public List<String> required() {
        return required == null ? List.of() : required;
    }

    private static void check(String field, String name, JsonNode value, JsonNode schema, List<Violation> found) {
        var type = schema.path("type").asString();
        if (!isOf(type, value)) {
            found.add(new Violation(
                    "invalid_type", field, "Invalid type. Expected: " + type + ", given: " + typeOf(value)));
            return;
        }
        var choices = schema.get("enum");
        if (choices != null
                && StreamSupport.stream(choices.spliterator(), false).noneMatch(value::equals)) {
            found.add(new Violation("enum", field, name + " must be one of the following: " + list(choices)));
        }
        if (schema.has("maximum") && value.asDouble() > schema.get("maximum").asDouble()) {
            found.add(new Violation(
                    "number_lte",
                    field,
                    "Must be less than or equal to " + schema.get("maximum").asString()));
        }
        if (schema.has("minimum") && value.asDouble() < schema.get("minimum").asDouble()) {
            found.add(new Violation(
                    "number_gte",
                    field,
                    "Must be greater than or equal to " + schema.get("minimum").asString()));
        }
        if (value.isString()) {
            checkText(field, value.asString(), schema, found);
        }
        if (value.isArray()) {
            if (schema.has("maxItems") && value.size() > schema.get("maxItems").asInt()) {
                found.add(new Violation(
                        "array_max_items",
                        field,
                        "Array must have at most " + schema.get("maxItems").asInt() + " items"));
            }
            for (int i = 0; i < value.size() && schema.has("items"); i++) {
                check(field + "." + i, name + "." + i, value.get(i), schema.get("items"), found);
            }
        }
    }

    private static void checkText(String field, String text, JsonNode schema, List<Violation> found) {
        int length = text.codePointCount(0, text.length());
        if (schema.has("maxLength") && length > schema.get("maxLength").asInt()) {
            found.add(new Violation(
                    "string_lte",
                    field,
                    "String length must be less than or equal to "
                            + schema.get("maxLength").asInt()));
        }
        if (schema.has("minLength") && length < schema.get("minLength").asInt()) {
            found.add(new Violation(
                    "string_gte",
                    field,
                    "String length must be greater than or equal to "
                            + schema.get("minLength").asInt()));
        }
        if (schema.path("format").asString("").equals("uri") && !isUri(text)) {
            found.add(new Violation("format", field, "Does not match format 'uri'"));
        }
    }

    private static boolean isUri(String text) {
        if (text.startsWith("data:")) {
            return text.contains(",");
        }
        try {
            var uri = URI.create(text);
            return uri.getScheme() != null && uri.getScheme().matches("https?") && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            default -> true;
        };
    }

    private static String typeOf(JsonNode value) {
        if (value.isIntegralNumber()) {
            return "integer";
        }
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case ARRAY -> "array";
            case NULL -> "null";
            default -> "object";
        };
    }

    private static String list(JsonNode choices) {
        return StreamSupport.stream(choices.spliterator(), false)
                .map(choice -> choice.isString() ? "\"" + choice.asString() + "\"" : choice.asString())
                .collect(Collectors.joining(", "));
    }

    private static String title(String name) {
        var words = name.replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
