package io.showreel.system.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that repeats what a killed service left unanswered, with the same idempotency key. */
public final class Api {

    private static final Duration USUAL_PATIENCE = Duration.ofMinutes(2);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final JsonMapper json = new JsonMapper();
    private final URI base;
    private final Duration patience;

    public Api(URI base) {
        this(base, USUAL_PATIENCE);
    }

    /** @param patience how long an unanswered request is repeated */
    Api(URI base, Duration patience) {
        this.base = base;
        this.patience = patience;
    }

    public JsonNode get(String path) {
        return json.readTree(insist(request(path).GET().build(), path));
    }

    byte[] bytes(String path) {
        return insist(request(path).GET().build(), path);
    }

    public JsonNode post(String path, String body) {
        return send("POST", path, body);
    }

    JsonNode put(String path, String body) {
        return send("PUT", path, body);
    }

    private JsonNode send(String method, String path, String body) {
        var request = request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .method(method, BodyPublishers.ofString(body))
                .build();
        return json.readTree(insist(request, path));
    }

    /** A POST that nobody has to answer with more than that it was heard. */
    void tell(String path, String body) {
        tell(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    void delete(String path) {
        tell(request(path).DELETE().build());
    }

    private void tell(HttpRequest request) {
        Awaitility.await(request.uri().getPath())
                .atMost(patience)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> isHeard(request));
    }

    private boolean isHeard(HttpRequest request) throws InterruptedException {
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status >= 300) {
                throw new AssertionError(request.uri() + " answered " + status);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(REQUEST_TIMEOUT);
    }

    private byte[] insist(HttpRequest request, String path) {
        return Awaitility.await(path)
                .atMost(patience)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> once(request), answer -> answer.length > 0);
    }

    /** Empty if the answer is still to come; an answer that will not change fails the test. */
    private byte[] once(HttpRequest request) throws InterruptedException {
        try {
            var answer = http.send(request, BodyHandlers.ofByteArray());
            int status = answer.statusCode();
            if (status == 409 || status >= 500) {
                return new byte[0];
            }
            if (status >= 300) {
                throw new AssertionError(request.method() + " " + request.uri() + " answered " + status + ": "
                        + new String(answer.body()));
            }
            return answer.body();
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
