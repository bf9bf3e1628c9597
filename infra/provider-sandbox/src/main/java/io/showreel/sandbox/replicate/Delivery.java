package io.showreel.sandbox.replicate;

import io.showreel.sandbox.Json;
import io.showreel.sandbox.http.Reply;
import io.showreel.sandbox.http.Request;
import io.showreel.sandbox.http.Routes;
import io.showreel.sandbox.prediction.Shelf;
import java.util.Map;

/** The origin of finished files. It is public, and refuses requests that show it a key: a key sent here has leaked. */
public final class Delivery {
    private static final Map<String, String> TYPES = Map.of(
            "mp4", "video/mp4",
            "mp3", "audio/mpeg",
            "wav", "audio/wav",
            "flac", "audio/flac");

    private final Shelf shelf;

    public Delivery(Shelf shelf) {
        this.shelf = shelf;
    }

    public void addTo(Routes routes) {
        routes.on("GET", "/xezq/{token}/{name}", this::deliver).on("HEAD", "/xezq/{token}/{name}", this::deliver);
    }

    private Reply deliver(Request request) {
        if (request.header("authorization").isPresent()) {
            return Reply.problem(
                    400,
                    Json.object()
                            .put("detail", "A key was sent to the delivery origin")
                            .put("status", 400));
        }
        var name = request.variable("name");
        return shelf.find(request.variable("token"), name)
                .map(file -> Reply.file(type(name), file))
                .orElseGet(() -> Reply.text(404, "text/plain", "Not Found"));
    }

    private static String type(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }
}
