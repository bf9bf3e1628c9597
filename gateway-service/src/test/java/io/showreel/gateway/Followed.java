package io.showreel.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stream of server-sent events, as a browser reads it. */
final class Followed implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param id null for an event that moves nobody's place */
    record Event(@Nullable String id, String name, JsonNode data) {}

    final HttpResponse<Stream<String>> response;
    final List<Event> events = new CopyOnWriteArrayList<>();
    final List<String> comments = new CopyOnWriteArrayList<>();
    /** Done when the server ended the stream as it should; failed if it broke off. */
    final CompletableFuture<Void> ended = new CompletableFuture<>();

    private Followed(HttpResponse<Stream<String>> response) {
        this.response = response;
    }

    static Followed open(RunningGateway gateway, long jobId, String... headers) {
        var request = HttpRequest.newBuilder(gateway.uri("/api/v3/jobs/" + jobId + "/events"))
                .header("Accept", "text/event-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var followed = new Followed(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofLines()));
            Thread.ofVirtual().start(followed::read);
            return followed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        var event = new String[3];
        try (var lines = response.body()) {
            lines.forEach(line -> {
                if (line.startsWith(":")) {
                    comments.add(line.substring(1));
                } else if (line.startsWith("id:")) {
                    event[0] = line.substring(3);
                } else if (line.startsWith("event:")) {
                    event[1] = line.substring(6);
                } else if (line.startsWith("data:")) {
                    event[2] = line.substring(5);
                } else if (line.isEmpty() && event[2] != null) {
                    events.add(new Event(event[0], event[1], JSON.readTree(event[2])));
                    event[0] = event[1] = event[2] = null;
                }
            });
            ended.complete(null);
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    /** Those with a place. */
    List<Event> moments() {
        return events.stream().filter(event -> event.id() != null).toList();
    }

    List<String> names() {
        return moments().stream().map(Event::name).toList();
    }

    @Override
    public void close() {
        response.body().close();
    }
}
