package io.showreel.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.showreel.sandbox.media.Rendering;
import io.showreel.sandbox.prediction.Timing;
import io.showreel.sandbox.replicate.Limits;
import io.showreel.sandbox.webhook.WebhookSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void an_empty_environment_gives_the_defaults() {
        assertThat(Settings.from(Map.of()))
                .isEqualTo(Settings.in(Path.of(".showreel/sandbox")).withPorts(8090, 8091));
    }

    @Test
    void the_environment_overrides_each_of_them() {
        var settings = Settings.from(Map.ofEntries(
                Map.entry("SANDBOX_HOME", "/tmp/x"),
                Map.entry("SANDBOX_PORT", "1"),
                Map.entry("SANDBOX_DELIVERY_PORT", "2"),
                Map.entry("SANDBOX_KEYS", "a,b"),
                Map.entry("SANDBOX_BOOT", "1s"),
                Map.entry("SANDBOX_LATENCY", "250ms..2m"),
                Map.entry("SANDBOX_RUN_LIMIT", "1h"),
                Map.entry("SANDBOX_RETENTION", "5s"),
                Map.entry("SANDBOX_CLIP_SCALE", "0.25"),
                Map.entry("SANDBOX_INSTANT", "true"),
                Map.entry("SANDBOX_RENDERS", "3"),
                Map.entry("SANDBOX_CREATES_PER_MINUTE", "6"),
                Map.entry("SANDBOX_REQUESTS_PER_MINUTE", "7"),
                Map.entry("SANDBOX_ADDRESS", "0.0.0.0"),
                Map.entry("SANDBOX_LOW_CREDIT", "true"),
                Map.entry("SANDBOX_STARTS_AT_ONCE", "9"),
                Map.entry("SANDBOX_WEBHOOK_SECRET", "whsec_eA=="),
                Map.entry("SANDBOX_WEBHOOK_RETRIES", "1s,2s")));

        assertThat(settings)
                .isEqualTo(new Settings(
                        Path.of("/tmp/x"),
                        "0.0.0.0",
                        1,
                        2,
                        Set.of("a", "b"),
                        new Timing(
                                Duration.ofSeconds(1),
                                Duration.ofMillis(250),
                                Duration.ofMinutes(2),
                                Duration.ofHours(1),
                                Duration.ofSeconds(5)),
                        new Rendering(0.25, true, 3),
                        new Limits(6, 7, true, 9),
                        new WebhookSettings("whsec_eA==", List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)))));
    }

    @Test
    void a_single_latency_is_both_bounds() {
        var timing = Settings.from(Map.of("SANDBOX_LATENCY", "5s")).timing();

        assertThat(timing.minLatency()).hasSeconds(5);
        assertThat(timing.maxLatency()).hasSeconds(5);
    }

    @Test
    void a_duration_that_is_none_is_named() {
        assertThatThrownBy(() -> Settings.from(Map.of("SANDBOX_LATENCY", "soon")))
                .hasMessageContaining("soon");
    }
}
