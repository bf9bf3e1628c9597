package io.showreel.render.studio.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.showreel.render.studio.Answer;
import io.showreel.render.studio.Order;
import io.showreel.render.studio.Prediction;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Against a server that misbehaves as the provider might. */
class ReplicateStudioTest {

    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private ReplicateStudio studio;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.setExecutor(threads);
        server.start();
        var source = Map.of(
                "showreel.replicate.base-url",
                        "http://localhost:" + server.getAddress().getPort(),
                "showreel.replicate.submit-timeout", "300ms",
                "showreel.replicate.read-timeout", "300ms");
        studio = new ReplicateStudio(new Binder(new MapConfigurationPropertySource(source))
                .bindOrCreate("showreel.replicate", ReplicateSettings.class));
    }

    @AfterEach
    void stop() {
        ended.countDown();
        server.stop(0);
        threads.close();
    }

    @Test
    @Timeout(20)
    void an_answer_whose_body_never_comes_leaves_open_what_was_done(@TempDir Path folder) throws Exception {
        server.createContext("/", this::stall);
        var frame = Files.write(folder.resolve("frame.jpg"), new byte[] {1});

        assertThat(studio.submit(new Order(UUID.randomUUID(), "any/model", Map.of())))
                .isInstanceOf(Answer.Ambiguous.class);
        assertThat(studio.look("p1")).isInstanceOf(Answer.Ambiguous.class);
        assertThat(studio.cancel("p1")).isInstanceOf(Answer.Ambiguous.class);
        assertThat(studio.upload(frame, UUID.randomUUID())).isInstanceOf(Answer.Ambiguous.class);
        assertThat(find("wanted")).isInstanceOf(Answer.Ambiguous.class);
    }

    @Test
    void what_could_not_even_connect_was_not_sent() {
        server.stop(0);
        assertThat(studio.submit(new Order(UUID.randomUUID(), "any/model", Map.of())))
                .isInstanceOf(Answer.NotSent.class);
    }

    @Test
    void whatever_else_the_account_was_used_for_ends_no_search() {
        answer("/predictions", """
                {"results": [
                  {"id": "poem", "status": "succeeded", "output": "Shall I compare thee to a summer's day?"},
                  {"id": "story", "status": "succeeded", "output": ["Once upon ", "a time"]},
                  {"status": "succeeded"},
                  "nonsense",
                  {"id": "wanted", "status": "processing"}]}
                """);
        assertThat(find("wanted"))
                .isInstanceOfSatisfying(Answer.Success.class, success -> assertThat((Optional<?>) success.value())
                        .isPresent());
        assertThat(find("absent")).isEqualTo(new Answer.Success<>(Optional.empty()));
    }

    @Test
    void an_output_that_is_no_address_is_none() {
        answer("/predictions/poem", """
                {"id": "poem", "status": "succeeded", "output": "Shall I compare thee to a summer's day?"}
                """);
        assertThat(studio.look("poem")).isInstanceOfSatisfying(Answer.Success.class, success -> assertThat(
                        ((Prediction) success.value()).output())
                .isNull());
    }

    @Test
    void a_list_that_was_not_read_to_its_end_proves_nothing() {
        answer("/predictions", "{\"detail\": \"maintenance\"}");
        assertThat(find("absent")).isInstanceOf(Answer.Ambiguous.class);
    }

    @Test
    void a_list_that_leads_nowhere_proves_nothing() {
        answer("/predictions", "{\"results\": [], \"next\": \"https://api/predictions?cursor=a b\"}");
        assertThat(find("absent")).isInstanceOf(Answer.Ambiguous.class);
    }

    @Test
    @Timeout(20)
    void a_list_that_leads_in_a_circle_proves_nothing() {
        answer("/predictions", "{\"results\": [], \"next\": \"https://api/predictions?cursor=same\"}");
        assertThat(find("absent")).isInstanceOf(Answer.Ambiguous.class);
    }

    @Test
    void a_provider_in_trouble_is_not_asked_for_its_secret_again_at_once() {
        server.createContext("/webhooks", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        var secret = new WebhookSecret(studio);
        assertThat(secret.judge(key -> true)).isEqualTo(WebhookSecret.Verdict.UNDECIDED);
        assertThat(secret.judge(key -> true)).isEqualTo(WebhookSecret.Verdict.UNDECIDED);
        assertThat(asked).hasSize(1);
    }

    private Answer<Optional<Prediction>> find(String id) {
        return studio.find(Instant.EPOCH, prediction -> prediction.id().equals(id));
    }

    private void answer(String path, String json) {
        var body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    /** Sends the head of an answer, and then nothing more. */
    private void stall(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(201, 100);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        try {
            ended.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
