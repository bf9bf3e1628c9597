package io.showreel.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a handler answers; the server writes it. */
public record Reply(int status, Map<String, String> headers, Body body) {

    /** The body of an answer. */
    public sealed interface Body {}

    /** Text that is already made. */
    public record Text(String contentType, String content) implements Body {
        byte[] bytes() {
            return content.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A file, streamed from disk. */
    public record Content(String contentType, Path file) implements Body {}

    /** No body at all. */
    public record Nothing() implements Body {}

    /** The connection is cut and nothing is answered. */
    public record Severed() implements Body {}

    public static Reply json(int status, JsonNode body) {
        return new Reply(status, Map.of(), new Text("application/json", body.toString()));
    }

    public static Reply problem(int status, JsonNode body) {
        return new Reply(status, Map.of(), new Text("application/problem+json", body.toString()));
    }

    public static Reply text(int status, String contentType, String body) {
        return new Reply(status, Map.of(), new Text(contentType, body));
    }

    public static Reply file(String contentType, Path file) {
        return new Reply(200, Map.of(), new Content(contentType, file));
    }

    public static Reply empty(int status) {
        return new Reply(status, Map.of(), new Nothing());
    }

    public static Reply severed() {
        return new Reply(0, Map.of(), new Severed());
    }

    public Reply with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, Map.copyOf(more), body);
    }
}
