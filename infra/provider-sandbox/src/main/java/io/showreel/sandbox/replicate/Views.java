package io.showreel.sandbox.replicate;

import io.showreel.sandbox.Json;
import io.showreel.sandbox.fault.ShapeOutput;
import io.showreel.sandbox.file.Upload;
import io.showreel.sandbox.model.Model;
import io.showreel.sandbox.prediction.Prediction;
import io.showreel.sandbox.prediction.Shelf;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Predictions, models and files as Replicate shows them. */
public final class Views {
    private final URI api;
    private final URI delivery;
    private final Shelf shelf;

    /** @param api with the version, as in {@code http://localhost:8090/v1} */
    public Views(URI api, URI delivery, Shelf shelf) {
        this.api = api;
        this.delivery = delivery;
        this.shelf = shelf;
    }

    /** A prediction; optional fields are absent until they are set. */
    public ObjectNode prediction(Prediction prediction) {
        var shown = row(prediction);
        var hook = prediction.created().hook();
        if (hook != null) {
            shown.put("webhook", hook.url());
            if (hook.events() != null) {
                var events = shown.putArray("webhook_events_filter");
                hook.events().forEach(events::add);
            }
        }
        return shown;
    }

    /** A prediction in a list, without its webhook: that lists show it is not promised anywhere. */
    ObjectNode row(Prediction prediction) {
        var created = prediction.created();
        var shown = Json.object()
                .put("id", prediction.id())
                .put("model", created.model())
                .put("version", created.version());
        shown.set("input", created.input());
        shown.put("logs", "");
        shown.set("output", output(prediction));
        shown.put("error", prediction.error());
        shown.put("data_removed", prediction.dataRemoved())
                .put("status", prediction.status().word())
                .put("source", "api")
                .put("created_at", Json.time(created.at()));
        var started = prediction.startedAt();
        var completed = prediction.completedAt();
        if (started != null) {
            shown.put("started_at", Json.time(started));
        }
        if (completed != null) {
            shown.put("completed_at", Json.time(completed));
            var metrics = shown.putObject("metrics");
            if (started != null) {
                metrics.put("predict_time", seconds(started, completed));
            }
            metrics.put("total_time", seconds(created.at(), completed));
        }
        if (created.deadline() != null) {
            shown.put("deadline", Json.time(created.deadline()));
        }
        shown.putObject("urls")
                .put("web", "https://replicate.com/p/" + prediction.id())
                .put("get", url(prediction))
                .put("cancel", url(prediction) + "/cancel");
        return shown;
    }

    private JsonNode output(Prediction prediction) {
        var path = prediction.output();
        if (path == null) {
            return NullNode.getInstance();
        }
        var address = delivery + path;
        if (!(prediction.fate().output() instanceof ShapeOutput shape)) {
            return StringNode.valueOf(address);
        }
        return switch (shape.as()) {
            case LIST -> Json.array().add(address);
            case OBJECT -> Json.object().put("video", address);
            case DATA_URI -> StringNode.valueOf(shelf.dataUri(path));
            case NOTHING -> NullNode.getInstance();
        };
    }

    String url(Prediction prediction) {
        return api + "/predictions/" + prediction.id();
    }

    ObjectNode upload(Upload upload) {
        var shown = Json.object()
                .put("id", upload.id())
                .put("name", upload.name())
                .put("content_type", upload.contentType())
                .put("size", upload.size());
        shown.putObject("checksums").put("sha256", upload.sha256());
        shown.set("metadata", upload.metadata());
        shown.put("created_at", Json.time(upload.createdAt())).put("expires_at", Json.time(upload.expiresAt()));
        shown.putObject("urls").put("get", api + "/files/" + upload.id());
        return shown;
    }

    static ObjectNode model(Model model) {
        int slash = model.name().indexOf('/');
        var shown = Json.object()
                .put("url", "https://replicate.com/" + model.name())
                .put("owner", model.name().substring(0, slash))
                .put("name", model.name().substring(slash + 1))
                .put("description", model.description())
                .put("visibility", "public")
                .put("is_official", model.isOfficial());
        var version = shown.putObject("latest_version");
        version.put("id", model.version()).put("cog_version", "0.16.0");
        var schema = version.putObject("openapi_schema").put("openapi", "3.0.2");
        schema.putObject("info").put("title", "Cog").put("version", "0.1.0");
        schema.putObject("components").set("schemas", model.input().published());
        return shown;
    }

    private static double seconds(Instant from, Instant to) {
        return Double.parseDouble(
                String.format(Locale.ROOT, "%.3f", Duration.between(from, to).toMillis() / 1000.0));
    }
}
