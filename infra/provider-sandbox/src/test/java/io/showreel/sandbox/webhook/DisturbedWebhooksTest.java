package io.showreel.sandbox.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.sandbox.FaultySandbox;
import io.showreel.sandbox.Json;
import io.showreel.sandbox.Settings;
import io.showreel.sandbox.prediction.Timing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisturbedWebhooksTest {
    @TempDir
    Path home;

    private Receiver receiver;
    private FaultySandbox sandbox;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
        restart();
    }

    @AfterEach
    void stop() {
        sandbox.close();
        receiver.close();
    }

    @Test
    void a_dropped_event_is_never_told() {
        order("dropped", "completed", "");
        run();
        run();

        assertThat(receiver.await(1)).hasSize(1);
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .until(() -> receiver.received().size() == 1);
    }

    @Test
    void a_delayed_event_is_told_later() {
        order("delayed", "completed", ",\"delay\":\"PT0.5S\"");
        long began = System.nanoTime();
        run();

        assertThat(receiver.await(1)).hasSize(1);
        assertThat((System.nanoTime() - began) / 1e9).isGreaterThan(0.45);
    }

    @Test
    void a_duplicated_event_is_told_twice_under_one_id() {
        order("duplicated", "completed", "");
        run();

        assertThat(receiver.await(2))
                .hasSize(2)
                .extracting(Receiver.Received::id)
                .containsOnly(receiver.received().getFirst().id());
    }

    @Test
    void a_reordered_start_is_told_after_the_end() {
        order("reordered", "start", ",\"delay\":\"PT10S\"");
        create("start", "completed");

        assertThat(receiver.await(2)).extracting(Receiver.Received::status).containsExactly("succeeded", "processing");
    }

    @Test
    void a_reordered_event_that_nothing_overtakes_is_told_all_the_same() {
        order("reordered", "completed", ",\"delay\":\"PT0.2S\"");
        run();

        assertThat(receiver.await(1)).hasSize(1);
    }

    @Test
    void a_badly_signed_event_is_signed_well_at_the_next_try() {
        receiver.refuse(1);
        order("badly_signed", "completed", "");
        run();

        assertThat(receiver.await(2))
                .extracting(hook -> hook.isSignedWith(secret()))
                .containsExactly(false, true);
    }

    @Test
    void a_stale_event_is_signed_well_and_too_old() {
        order("stale", "completed", "");
        run();

        var stale = receiver.await(1).getFirst();
        assertThat(stale.isSignedWith(secret())).isTrue();
        assertThat(Duration.between(Instant.ofEpochSecond(stale.timestamp()), Instant.now()))
                .isGreaterThan(Duration.ofMinutes(9));
    }

    @Test
    void a_rotated_secret_signs_this_event_and_all_later_ones_also_after_a_restart() {
        var before = secret();
        order("rotated_secret", "completed", "");
        run();
        var after = secret();
        sandbox.close();
        restart();
        run();

        assertThat(after).isNotEqualTo(before).startsWith("whsec_");
        assertThat(secret()).isEqualTo(after);
        assertThat(receiver.await(2)).allSatisfy(hook -> {
            assertThat(hook.isSignedWith(after)).isTrue();
            assertThat(hook.isSignedWith(before)).isFalse();
        });
    }

    private void restart() {
        sandbox = FaultySandbox.with(Settings.in(home)
                .instantly()
                .withTiming(Timing.DEFAULT.withBoot(Duration.ZERO))
                .withWebhooks(WebhookSettings.DEFAULT.withRetries(List.of(Duration.ofMillis(50)))));
    }

    private void order(String how, String event, String more) {
        sandbox.order(
                "{\"fault\":\"disturb_webhook\",\"how\":\"" + how + "\",\"event\":\"" + event + "\"" + more + "}");
    }

    private String secret() {
        return sandbox.client().get("/webhooks/default/secret").text("key");
    }

    private void run() {
        int told = receiver.received().size();
        create("completed");
        Awaitility.await()
                .atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() ->
                        receiver.received().size() > told || sandbox.struck().count() > 0);
    }

    private void create(String... events) {
        var body = Json.object().put("version", FaultySandbox.VEO).put("webhook", receiver.url());
        var filter = body.putArray("webhook_events_filter");
        List.of(events).forEach(filter::add);
        body.set("input", FaultySandbox.input());
        var created = sandbox.client().post("/predictions", body);
        assertThat(created.status()).isEqualTo(201);
        sandbox.client().awaitEnd(created.text("id"));
    }
}
