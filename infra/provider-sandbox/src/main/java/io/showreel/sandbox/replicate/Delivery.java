package io.showreel.sandbox.replicate;

import io.showreel.sandbox.Json;
import io.showreel.sandbox.fault.Faults;
import io.showreel.sandbox.fault.SpoilDownload;
import io.showreel.sandbox.fault.Target;
import io.showreel.sandbox.http.Reply;
import io.showreel.sandbox.http.Request;
import io.showreel.sandbox.http.Routes;
import io.showreel.sandbox.prediction.MediaTypes;
import io.showreel.sandbox.prediction.Prediction;
import io.showreel.sandbox.prediction.Predictions;
import io.showreel.sandbox.prediction.Shelf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** The origin of finished files. It is public, and refuses requests that show it a key: a key sent here has leaked. */
public final class Delivery {
    private static final String EXCUSE =
            "<html><head><title>Sorry</title></head><body><h1>This is not the file you are looking for</h1></body></html>";

    private final Shelf shelf;
    private final Predictions predictions;
    private final Faults faults;

    public Delivery(Shelf shelf, Predictions predictions, Faults faults) {
        this.shelf = shelf;
        this.predictions = predictions;
        this.faults = faults;
    }

    public void addTo(Routes routes) {
        routes.on("GET", "/xezq/{token}/{name}", this::deliver).on("HEAD", "/xezq/{token}/{name}", this::deliver);
    }

    private Reply deliver(Request request) throws IOException {
        if (request.header("authorization").isPresent()) {
            return Reply.problem(
                    400,
                    Json.object()
                            .put("detail", "A key was sent to the delivery origin")
                            .put("status", 400));
        }
        var name = request.variable("name");
        var file = shelf.find(request.variable("token"), name);
        if (file.isEmpty()) {
            return notFound();
        }
        var fault = faults.strike(SpoilDownload.class, target(request.path()));
        if (fault.isEmpty()) {
            return Reply.file(MediaTypes.of(name), file.get());
        }
        request.struckBy("spoil_download");
        return spoiled(fault.get(), MediaTypes.of(name), file.get());
    }

    private Target target(String path) {
        return predictions
                .oldestFirst()
                .filter(prediction -> path.equals(prediction.output()))
                .findFirst()
                .map(Prediction::target)
                .orElse(new Target(null, null, path));
    }

    private static Reply spoiled(SpoilDownload fault, String type, Path file) throws IOException {
        long half = Files.size(file) / 2;
        return switch (fault.how()) {
            case TRUNCATED -> Reply.of(new Reply.Beginning(type, file, half, Duration.ZERO));
            case STALLED -> Reply.of(new Reply.Beginning(type, file, half, fault.duration()));
            case SHORT -> Reply.of(new Reply.Bytes(type, Arrays.copyOf(Files.readAllBytes(file), (int) half)));
            case WRONG_TYPE -> Reply.text(200, "text/html", EXCUSE);
            case DISGUISED -> Reply.of(new Reply.Bytes(type, EXCUSE.getBytes(StandardCharsets.UTF_8)));
            case EMPTY -> Reply.of(new Reply.Bytes(type, new byte[0]));
            case SLOW -> Reply.of(new Reply.Trickle(type, file, fault.duration()));
            case GONE -> notFound();
            case UNAVAILABLE -> Refusals.page(503);
        };
    }

    private static Reply notFound() {
        return Reply.text(404, "text/plain", "Not Found");
    }
}
