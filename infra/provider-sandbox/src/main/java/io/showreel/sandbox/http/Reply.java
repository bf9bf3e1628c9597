package io.showreel.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a handler answers; the server writes it. */
public record Reply(int status, Map<String, String> headers, Body body) {

    /** The body of an answer. */
    public sealed interface Body {}

    /** What is already made. */
    @SuppressWarnings("ArrayRecordComponent") // written once, compared never
    public record Bytes(String contentType, byte[] content) implements Body {}

    /** A file, streamed from disk. */
    public record Content(String contentType, Path file) implements Body {}

    /** The beginning of a file, announced as all of it; after a silence the connection is cut. */
    public record Beginning(String contentType, Path file, long bytes, Duration silence) implements Body {}

    /** A file, in pieces that take so long together. */
    public record Trickle(String contentType, Path file, Duration over) implements Body {}

    /** No body at all. */
    public record Nothing() implements Body {}

    /** The connection is cut and nothing is answered. */
    public record Severed() implements Body {}

    public static Reply json(int status, JsonNode body) {
        return new Reply(status, Map.of(), bytes("application/json", body.toString()));
    }

    public static Reply problem(int status, JsonNode body) {
        return new Reply(status, Map.of(), bytes("application/problem+json", body.toString()));
    }

    public static Reply text(int status, String contentType, String body) {
        return new Reply(status, Map.of(), bytes(contentType, body));
    }

    public static Reply file(String contentType, Path file) {
        return of(new Content(contentType, file));
    }

    public static Reply of(Body body) {
        return new Reply(200, Map.of(), body);
    }

    public static Reply empty(int status) {
        return new Reply(status, Map.of(), new Nothing());
    }

    public static Reply severed() {
        return new Reply(0, Map.of(), new Severed());
    }

    private static Bytes bytes(String contentType, String text) {
        return new Bytes(contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    public Reply with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, Map.copyOf(more), body);
    }
}
