package io.showreel.sandbox.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.sandbox.Client;
import io.showreel.sandbox.Json;
import io.showreel.sandbox.Sandbox;
import io.showreel.sandbox.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class WebhooksTest {
    @TempDir
    Path home;

    private Receiver receiver;
    private Sandbox sandbox;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        receiver = new Receiver();
        sandbox = Sandbox.start(Settings.in(home)
                .instantly()
                .withWebhooks(
                        WebhookSettings.DEFAULT.withRetries(List.of(Duration.ofMillis(50), Duration.ofMillis(100)))));
        client = new Client(sandbox.apiUrl());
    }

    @AfterEach
    void stop() {
        sandbox.close();
        receiver.close();
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

        Awaitility.await().until(() -> receiver.received().size() == 2);
        assertThat(receiver.received())
                .extracting(Receiver.Received::status)
                .containsExactlyInAnyOrder("processing", "succeeded");
        var secret = client.get("/webhooks/default/secret").text("key");
        for (var hook : receiver.received()) {
            assertThat(hook.isSignedWith(secret)).isTrue();
        }
    }

    @Test
    void without_a_filter_outputs_and_the_end_are_told() {
        create();

        Awaitility.await().until(() -> receiver.received().size() == 2);
        assertThat(receiver.received()).extracting(Receiver.Received::status).containsExactly("succeeded", "succeeded");
    }

    @Test
    void the_end_is_told_again_under_the_same_id_until_it_is_heard() {
        receiver.refuse(2);

        create("completed");

        Awaitility.await().until(() -> receiver.received().size() == 3);
        assertThat(receiver.received())
                .extracting(Receiver.Received::id)
                .containsOnly(receiver.received().getFirst().id());
    }

    @Test
    void other_events_are_told_once() {
        receiver.refuse(1);

        create("start");
        create("completed");

        Awaitility.await().until(() -> receiver.received().stream()
                .anyMatch(hook -> hook.status().equals("succeeded")));
        assertThat(receiver.received())
                .filteredOn(hook -> hook.status().equals("processing"))
                .hasSize(1);
    }

    private void create(String... events) {
        ObjectNode body = Json.object().put("version", "google/veo-3.1-fast").put("webhook", receiver.url());
        if (events.length > 0) {
            var filter = body.putArray("webhook_events_filter");
            List.of(events).forEach(filter::add);
        }
        body.putObject("input").put("prompt", "p");
        var created = client.post("/predictions", body);
        assertThat(created.status()).isEqualTo(201);
        client.awaitEnd(created.text("id"));
    }
}
