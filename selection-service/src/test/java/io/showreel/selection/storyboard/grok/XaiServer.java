package io.showreel.selection.storyboard.grok;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/** A real HTTP server that says what xAI is known to say, in the order it was told to. */
final class XaiServer implements AutoCloseable {

    record Asked(String path, Headers headers, JsonNode body) {}

    private record Answer(int status, String body, Map<String, String> headers, boolean silent) {}

    private final HttpServer server = start();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    XaiServer() {
        server.createContext("/v1", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/v1");
    }

    XaiServer answers(int status, String body) {
        return answers(status, body, Map.of());
    }

    XaiServer answers(int status, String body, Map<String, String> headers) {
        answers.add(new Answer(status, body, headers, false));
        return this;
    }

    /** Sends the head of an answer, and then nothing. */
    XaiServer fallsSilent() {
        answers.add(new Answer(200, "{", Map.of(), true));
        return this;
    }

    XaiServer says(String content) {
        return answers(200, completion(content, "stop"));
    }

    static String completion(String content, String finishReason) {
        return """
                {"id":"0f3c","object":"chat.completion","created":1793000000,"model":"grok-4.20-0309-non-reasoning",
                 "choices":[{"index":0,"message":{"role":"assistant","content":%s,"refusal":null},"finish_reason":"%s"}],
                 "usage":{"prompt_tokens":900,"completion_tokens":120,"total_tokens":1020,"cost_in_usd_ticks":12345678,
                  "prompt_tokens_details":{"text_tokens":900,"cached_tokens":128}},"system_fingerprint":"fp_x"}
                """.formatted(XaiClient.JSON.writeValueAsString(content), finishReason);
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            asked.add(new Asked(
                    exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), XaiClient.JSON.readTree(body)));
            var answer = answers.remove();
            answer.headers().forEach(exchange.getResponseHeaders()::add);
            var bytes = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length + (answer.silent() ? 1 : 0));
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().flush();
            if (answer.silent()) {
                closing.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpServer start() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
