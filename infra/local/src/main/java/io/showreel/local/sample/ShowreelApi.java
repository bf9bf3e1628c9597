package io.showreel.local.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The public API, as a customer uses it: what a dying service left unanswered is asked again, and an idempotency key
 * keeps a repeated POST from happening twice.
 */
final class ShowreelApi {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final JsonMapper json = JsonMapper.shared();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final Duration patience;

    /**
     * @param base as in {@code http://localhost:8080/api/v3}
     * @param patience how long an unanswered request is repeated
     */
    ShowreelApi(URI base, Duration patience) {
        this.base = base;
        this.patience = patience;
    }

    /** A state that was polled, and the tag to poll it with. */
    record Polled(JsonNode body, String etag) {}

    JsonNode get(String path) {
        return read(insist(request(path).GET().build(), BodyHandlers.ofString()));
    }

    /** All of a list, page by page. */
    List<JsonNode> list(String path) {
        var separator = path.contains("?") ? "&" : "?";
        var all = new ArrayList<JsonNode>();
        while (true) {
            var page = get(path + separator + "limit=500&offset=" + all.size()).path("data");
            page.forEach(all::add);
            if (page.size() < 500) {
                return all;
            }
        }
    }

    JsonNode post(String path, Map<String, ?> body, String... headers) {
        var request = request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(json.writeValueAsString(body)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return read(insist(request.build(), BodyHandlers.ofString()));
    }

    /** Empty when nothing changed since the tag was given out. */
    Optional<Polled> poll(String path, @Nullable String etag) {
        var request = request(path).GET();
        if (etag != null) {
            request.header("If-None-Match", etag);
        }
        var answer = insist(request.build(), BodyHandlers.ofString());
        return answer.statusCode() == 304
                ? Optional.empty()
                : Optional.of(new Polled(
                        read(answer), answer.headers().firstValue("ETag").orElse("")));
    }

    /** Not repeated: an upload has no key that would keep it from happening twice. */
    JsonNode upload(String path, Map<String, String> fields, String fileName, byte[] file) throws IOException {
        var boundary = "showreel-" + UUID.randomUUID();
        var request = request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofByteArray(multipart(boundary, fields, fileName, file)))
                .build();
        try {
            return read(http.send(request, BodyHandlers.ofString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }

    /** Complete or absent. */
    void download(String path, Path into) throws IOException {
        Files.createDirectories(into.toAbsolutePath().getParent());
        var draft = into.resolveSibling(into.getFileName() + ".part");
        var answer = insist(request(path).GET().build(), BodyHandlers.ofFile(draft));
        if (answer.statusCode() != 200) {
            throw new SampleFailure("GET %s answered %d".formatted(path, answer.statusCode()));
        }
        Files.move(draft, into, StandardCopyOption.REPLACE_EXISTING);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(REQUEST_TIMEOUT);
    }

    private <T> HttpResponse<T> insist(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        var end = System.nanoTime() + patience.toNanos();
        while (true) {
            var last = System.nanoTime() >= end;
            try {
                var answer = http.send(request, handler);
                if (!isTemporary(answer.statusCode()) || last) {
                    return answer;
                }
            } catch (IOException e) {
                if (last) {
                    throw new SampleFailure("%s %s is not answered: %s".formatted(request.method(), request.uri(), e));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SampleFailure("Interrupted");
            }
            pause();
        }
    }

    /** A conflict here means that the first try of the same POST still runs. */
    private static boolean isTemporary(int status) {
        return status == 409 || status == 429 || status >= 500;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SampleFailure("Interrupted");
        }
    }

    private JsonNode read(HttpResponse<String> answer) {
        if (answer.statusCode() >= 300) {
            throw new SampleFailure("%s %s answered %d: %s"
                    .formatted(answer.request().method(), answer.request().uri(), answer.statusCode(), answer.body()));
        }
        return json.readTree(answer.body());
    }

    private static byte[] multipart(String boundary, Map<String, String> fields, String fileName, byte[] file) {
        var body = new ByteArrayOutputStream(file.length + 1024);
        fields.forEach(
                (name, value) -> body.writeBytes("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                        .formatted(boundary, name, value)
                        .getBytes(StandardCharsets.UTF_8)));
        body.writeBytes(
                "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: image/jpeg\r\n\r\n"
                        .formatted(boundary, fileName)
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }
}
