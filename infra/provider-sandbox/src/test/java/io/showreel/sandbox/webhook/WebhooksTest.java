package io.showreel.sandbox.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.showreel.sandbox.Client;
import io.showreel.sandbox.Json;
import io.showreel.sandbox.Sandbox;
import io.showreel.sandbox.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class WebhooksTest {
    @TempDir
    Path home;

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int refusals;
    private HttpServer receiver;
    private Sandbox sandbox;
    private Client client;

    private record Received(String id, long timestamp, String signature, String body) {
        String status() {
            return Json.MAPPER.readTree(body).path("status").asString();
        }
    }

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(0), 0);
        receiver.createContext("/", this::receive);
        receiver.start();
        sandbox = Sandbox.start(Settings.in(home)
                .instantly()
                .withWebhooks(
                        WebhookSettings.DEFAULT.withRetries(List.of(Duration.ofMillis(50), Duration.ofMillis(100)))));
        client = new Client(sandbox.apiUrl());
    }

    @AfterEach
    void stop() {
        sandbox.close();
        receiver.stop(0);
    }

    @Test
    void the_published_example_is_signed_as_published() {
        assertThat(Signature.of(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1614265330,
                        "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void start_and_end_are_told_signed_with_the_accounts_secret() throws Exception {
        create("start", "completed");

        Awaitility.await().until(() -> received.size() == 2);
        assertThat(received).extracting(Received::status).containsExactlyInAnyOrder("processing", "succeeded");
        var secret = client.get("/webhooks/default/secret").text("key");
        for (var hook : received) {
            assertThat(hook.signature()).isEqualTo("v1," + hmac(secret, hook));
        }
    }

    @Test
    void without_a_filter_outputs_and_the_end_are_told() {
        create();

        Awaitility.await().until(() -> received.size() == 2);
        assertThat(received).extracting(Received::status).containsExactly("succeeded", "succeeded");
    }

    @Test
    void the_end_is_told_again_under_the_same_id_until_it_is_heard() {
        refusals = 2;

        create("completed");

        Awaitility.await().until(() -> received.size() == 3);
        assertThat(received)
                .extracting(Received::id)
                .containsOnly(received.getFirst().id());
    }

    @Test
    void other_events_are_told_once() {
        refusals = 1;

        create("start");
        create("completed");

        Awaitility.await()
                .until(() -> received.stream().anyMatch(hook -> hook.status().equals("succeeded")));
        assertThat(received)
                .filteredOn(hook -> hook.status().equals("processing"))
                .hasSize(1);
    }

    private void create(String... events) {
        ObjectNode body = Json.object()
                .put("version", "google/veo-3.1-fast")
                .put("webhook", "http://localhost:" + receiver.getAddress().getPort() + "/hook?att=1");
        if (events.length > 0) {
            var filter = body.putArray("webhook_events_filter");
            List.of(events).forEach(filter::add);
        }
        body.putObject("input").put("prompt", "p");
        var created = client.post("/predictions", body);
        assertThat(created.status()).isEqualTo(201);
        client.awaitEnd(created.text("id"));
    }

    private void receive(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean refused;
        synchronized (this) {
            refused = refusals > 0;
            if (refused) {
                refusals--;
            }
        }
        received.add(new Received(
                headers.getFirst("webhook-id"),
                Long.parseLong(headers.getFirst("webhook-timestamp")),
                headers.getFirst("webhook-signature"),
                body));
        exchange.sendResponseHeaders(refused ? 500 : 200, -1);
        exchange.close();
    }

    private static String hmac(String secret, Received hook) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
        var signed =
                mac.doFinal((hook.id() + "." + hook.timestamp() + "." + hook.body()).getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signed);
    }
}
