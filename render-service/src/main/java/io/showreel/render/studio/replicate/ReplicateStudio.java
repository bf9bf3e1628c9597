package io.showreel.render.studio.replicate;

import io.showreel.render.studio.Answer;
import io.showreel.render.studio.Order;
import io.showreel.render.studio.Prediction;
import io.showreel.render.studio.Studio;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Fallback;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Replicate over HTTP/1.1, which repeats no request of its own accord. */
@Component
@Fallback
class ReplicateStudio implements Studio {

    private static final Logger log = LoggerFactory.getLogger(ReplicateStudio.class);

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
        var request = to("/predictions")
                .header("Content-Type", "application/json")
                .header("Cancel-After", settings.cancelAfter().toSeconds() + "s")
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
        return send(request, settings.submitTimeout()).map(predictions::read);
    }

    @Override
    public Answer<Prediction> look(String predictionId) {
        return send(to("/predictions/" + predictionId).GET(), settings.readTimeout())
                .map(predictions::read);
    }

    @Override
    public Answer<Prediction> cancel(String predictionId) {
        var request = to("/predictions/" + predictionId + "/cancel").POST(BodyPublishers.noBody());
        return send(request, settings.readTimeout()).map(predictions::read);
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
            var request =
                    to("/files").header("Content-Type", form.contentType()).POST(body);
            return send(request, settings.submitTimeout()).map(ReplicateStudio::uploadOf);
        } catch (IOException e) {
            return new Answer.NotSent<>(e.toString());
        }
    }

    @Override
    public Answer<Optional<Prediction>> find(Instant since, Predicate<Prediction> wanted) {
        var query = "?created_after=" + URLEncoder.encode(since.toString(), StandardCharsets.UTF_8);
        while (true) {
            var page = send(to("/predictions" + query).GET(), settings.readTimeout());
            if (!(page instanceof Answer.Success<JsonNode> read)) {
                return page.map(unread -> Optional.empty());
            }
            var results = read.value().path("results");
            if (!results.isArray()) {
                return new Answer.Ambiguous<>("The list of predictions has no results.");
            }
            for (var row : results) {
                var prediction = rowOf(row);
                if (prediction.isPresent() && wanted.test(prediction.get())) {
                    return new Answer.Success<>(prediction);
                }
            }
            var next = read.value().path("next").asString("");
            if (next.isBlank()) {
                return new Answer.Success<>(Optional.empty());
            }
            var nextQuery = queryOf(next);
            if (nextQuery == null || nextQuery.equals(query)) {
                return new Answer.Ambiguous<>("The list of predictions can't be followed to " + next);
            }
            query = nextQuery;
        }
    }

    /** Whatever else the account was used for stands in the same list, and must not end a search. */
    private Optional<Prediction> rowOf(JsonNode row) {
        try {
            return Optional.of(predictions.read(row));
        } catch (RuntimeException e) {
            log.warn("A row of the provider's list can't be read, and is skipped: {}", e.toString());
            return Optional.empty();
        }
    }

    /** Only the query of the next page is believed: the key goes to no other address than ours. */
    private static @Nullable String queryOf(String next) {
        try {
            var query = new URI(next).getRawQuery();
            return query == null ? null : "?" + query;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Whose key ours is. */
    Answer<String> account() {
        return send(to("/account").GET(), settings.readTimeout())
                .map(answer -> answer.path("username").asString());
    }

    /** The key that Replicate signs its webhooks with. */
    Answer<String> webhookSecret() {
        return send(to("/webhooks/default/secret").GET(), settings.readTimeout())
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

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(settings.baseUrl().toString().replaceAll("/+$", "") + path))
                .header("Authorization", "Bearer " + settings.apiKey().value());
    }

    /** Not with the request's own timeout, which would leave out the time that the body takes. */
    private Answer<JsonNode> send(HttpRequest.Builder request, Duration timeout) {
        var exchange = http.sendAsync(request.build(), BodyHandlers.ofString());
        try {
            var response = exchange.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return classifier.classify(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            return new Answer.Ambiguous<>("No whole answer came within " + timeout);
        } catch (ExecutionException e) {
            return e.getCause() instanceof IOException failure
                    ? classifier.classify(failure)
                    : new Answer.Ambiguous<>(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Ambiguous<>("interrupted");
        } finally {
            exchange.cancel(true);
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
