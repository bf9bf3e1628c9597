package io.showreel.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Talks to a sandbox as a buyer does. */
public final class Client {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI api;
    private final String key;

    public Client(URI api) {
        this(api, "tester");
    }

    public Client(URI api, String key) {
        this.api = api;
        this.key = key;
    }

    /** An answer with its body as JSON. */
    public record Answer(int status, ObjectNode body, HttpResponse<String> raw) {
        public String text(String name) {
            return body.path(name).asString("");
        }

        public String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Answer post(String path, JsonNode body, String... headers) {
        var request =
                request(path).header("content-type", "application/json").POST(BodyPublishers.ofString(body.toString()));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    public Answer create(String version, ObjectNode input, String... headers) {
        ObjectNode body = Json.object().put("version", version);
        body.set("input", input);
        return post("/predictions", body, headers);
    }

    public Answer upload(Path file, String filename, String metadata) {
        var boundary = "----boundary-of-the-test";
        try {
            var body = BodyPublishers.concat(
                    BodyPublishers.ofString("--" + boundary
                            + "\r\nContent-Disposition: form-data; name=\"content\"; filename=\"" + filename
                            + "\"\r\nContent-Type: image/jpeg\r\n\r\n"),
                    BodyPublishers.ofFile(file),
                    BodyPublishers.ofString("\r\n--" + boundary
                            + "\r\nContent-Disposition: form-data; name=\"metadata\"\r\n"
                            + "Content-Type: application/json\r\n\r\n" + metadata + "\r\n--" + boundary + "--\r\n"));
            return send(request("/files")
                    .header("content-type", "multipart/form-data; boundary=" + boundary)
                    .POST(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Answer awaitEnd(String predictionId) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> get("/predictions/" + predictionId),
                        answer -> !answer.text("status").equals("starting")
                                && !answer.text("status").equals("processing"));
    }

    public Answer awaitStatus(String predictionId, String status) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> get("/predictions/" + predictionId), answer -> answer.text("status")
                        .equals(status));
    }

    public static HttpResponse<byte[]> fetch(String url, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Path download(String url, Path into) throws IOException {
        var response = fetch(url);
        if (response.statusCode() != 200) {
            throw new IOException(url + " answered " + response.statusCode());
        }
        return Files.write(into, response.body());
    }

    public HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(api + path)).timeout(Duration.ofSeconds(70));
        return key.isEmpty() ? request : request.header("authorization", "Bearer " + key);
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            var body = response.body().startsWith("{")
                    ? (ObjectNode) Json.MAPPER.readTree(response.body())
                    : Json.object();
            return new Answer(response.statusCode(), body, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
