package io.showreel.render.studio.replicate;

import io.showreel.render.studio.Answer;
import io.showreel.render.studio.Order;
import io.showreel.render.studio.Prediction;
import io.showreel.render.studio.Studio;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Replicate over HTTP/1.1, which repeats no request of its own accord. */
@Component
class ReplicateStudio implements Studio {

    private final ReplicateSettings settings;
    private final JsonMapper json = JsonMapper.builder().build();
    private final Classifier classifier = new Classifier(json);
    private final Predictions predictions = new Predictions(json);
    private final HttpClient http;

    ReplicateStudio(ReplicateSettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    @Override
    public Answer<Prediction> submit(Order order) {
        var body = new LinkedHashMap<String, Object>();
        body.put("version", order.version());
        body.put("input", order.input());
        var webhook = settings.webhook(order.token().toString());
        if (webhook != null) {
            body.put("webhook", webhook);
            body.put("webhook_events_filter", List.of("start", "completed"));
        }
        var request = to("/predictions", settings.submitTimeout())
                .header("Content-Type", "application/json")
                .header("Cancel-After", settings.cancelAfter().toSeconds() + "s")
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
        return send(request).map(predictions::read);
    }

    @Override
    public Answer<Prediction> look(String predictionId) {
        return send(to("/predictions/" + predictionId, settings.readTimeout()).GET())
                .map(predictions::read);
    }

    @Override
    public Answer<Prediction> cancel(String predictionId) {
        return send(to("/predictions/" + predictionId + "/cancel", settings.readTimeout())
                        .POST(BodyPublishers.noBody()))
                .map(predictions::read);
    }

    @Override
    public Answer<Upload> upload(Path frame, UUID token) {
        try {
            var form = new Multipart("frame-" + token);
            var filename = token + "-" + frame.getFileName();
            var body = BodyPublishers.concat(
                    form.file("content", filename, "image/jpeg"),
                    BodyPublishers.ofFile(frame),
                    form.json("metadata", json.writeValueAsString(Map.of("att", token.toString()))),
                    form.end());
            return send(to("/files", settings.submitTimeout())
                            .header("Content-Type", form.contentType())
                            .POST(body))
                    .map(ReplicateStudio::uploadOf);
        } catch (IOException e) {
            return new Answer.NotSent<>(e.toString());
        }
    }

    @Override
    public Answer<Optional<Prediction>> find(Instant since, Predicate<Prediction> wanted) {
        var query = "?created_after=" + URLEncoder.encode(since.toString(), StandardCharsets.UTF_8);
        while (true) {
            var page = send(to("/predictions" + query, settings.readTimeout()).GET());
            if (!(page instanceof Answer.Success<JsonNode> read)) {
                return page.map(unread -> Optional.empty());
            }
            for (var row : read.value().path("results")) {
                var prediction = predictions.read(row);
                if (wanted.test(prediction)) {
                    return new Answer.Success<>(Optional.of(prediction));
                }
            }
            var next = read.value().path("next").asString("");
            if (next.isBlank()) {
                return new Answer.Success<>(Optional.empty());
            }
            // Only the query of the next page is believed: the key goes to no other address than ours.
            query = "?" + URI.create(next).getRawQuery();
        }
    }

    /** The key that Replicate signs its webhooks with. */
    Answer<String> webhookSecret() {
        return send(to("/webhooks/default/secret", settings.readTimeout()).GET())
                .map(answer -> answer.path("key").asString());
    }

    private static Upload uploadOf(JsonNode file) {
        var id = file.path("id").asString("");
        var url = file.path("urls").path("get").asString("");
        if (id.isEmpty() || url.isEmpty()) {
            throw new IllegalArgumentException("a file without an id or an address");
        }
        return new Upload(id, url);
    }

    private HttpRequest.Builder to(String path, Duration timeout) {
        return HttpRequest.newBuilder(URI.create(settings.baseUrl().toString().replaceAll("/+$", "") + path))
                .timeout(timeout)
                .header("Authorization", "Bearer " + settings.apiKey().value());
    }

    private Answer<JsonNode> send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return classifier.classify(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            return classifier.classify(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Ambiguous<>("interrupted");
        }
    }

    /** The parts of a form around a file that is streamed. */
    private record Multipart(String boundary) {

        String contentType() {
            return "multipart/form-data; boundary=" + boundary;
        }

        BodyPublisher file(String name, String filename, String type) {
            return text(
                    "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n"
                            .formatted(boundary, name, filename, type));
        }

        BodyPublisher json(String name, String value) {
            return text(
                    "\r\n--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\nContent-Type: application/json\r\n\r\n%s"
                            .formatted(boundary, name, value));
        }

        BodyPublisher end() {
            return text("\r\n--%s--\r\n".formatted(boundary));
        }

        private static BodyPublisher text(String text) {
            return BodyPublishers.ofString(text, StandardCharsets.UTF_8);
        }
    }
}
