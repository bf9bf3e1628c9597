package io.showreel.sandbox.xai;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The JSON schema of an answer: what it says once references and choices are followed, and what xAI refuses in it. */
final class Schema {
    private final JsonNode root;

    Schema(JsonNode root) {
        this.root = root;
    }

    JsonNode root() {
        return root;
    }

    /** Throws for what a strict schema may not hold. */
    void check() {
        flaw(root).ifPresent(flaw -> {
            throw Errors.invalid("Invalid schema for response_format: " + flaw);
        });
    }

    /** The schema that a value is made by: references resolved, the first alternative that is not null taken. */
    JsonNode resolve(JsonNode schema) {
        var reference = schema.path("$ref").asString("");
        if (reference.startsWith("#/")) {
            return resolve(root.at(reference.substring(1)));
        }
        for (var choice : List.of("anyOf", "oneOf", "allOf")) {
            var alternatives = schema.path(choice);
            if (alternatives.isArray()) {
                return alternatives.values().stream()
                        .map(this::resolve)
                        .filter(alternative -> !type(alternative).equals("null"))
                        .findFirst()
                        .orElse(alternatives.path(0));
            }
        }
        return schema;
    }

    static String type(JsonNode schema) {
        var type = schema.path("type");
        if (type.isArray()) {
            return type.values().stream()
                    .map(JsonNode::asString)
                    .filter(name -> !name.equals("null"))
                    .findFirst()
                    .orElse("null");
        }
        if (type.isString()) {
            return type.asString();
        }
        return schema.has("properties") ? "object" : schema.has("items") ? "array" : "string";
    }

    private static Optional<String> flaw(JsonNode schema) {
        if (!schema.isObject()) {
            return Optional.of("a schema must be an object");
        }
        for (var list : List.of("enum", "anyOf", "oneOf")) {
            if (schema.has(list) && schema.get(list).isEmpty()) {
                return Optional.of(list + " must not be empty");
            }
        }
        if (schema.has("minContains") || schema.has("maxContains")) {
            return Optional.of("minContains and maxContains are not supported");
        }
        if (schema.path("items").isArray()) {
            return Optional.of("items must be a schema, not an array");
        }
        return children(schema).flatMap(child -> flaw(child).stream()).findFirst();
    }

    private static Stream<JsonNode> children(JsonNode schema) {
        return Stream.of(
                        schema.path("properties").values().stream(),
                        schema.path("$defs").values().stream(),
                        schema.path("anyOf").values().stream(),
                        schema.path("oneOf").values().stream(),
                        schema.path("allOf").values().stream(),
                        schema.has("items") ? Stream.of(schema.get("items")) : Stream.<JsonNode>empty())
                .flatMap(part -> part);
    }
}
