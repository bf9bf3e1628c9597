package io.showreel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.showreel.contracts.scene.SceneRequest.OnSceneFailure;
import io.showreel.gateway.access.AccessSettings;
import io.showreel.gateway.job.JobSettings;
import io.showreel.gateway.neighbours.Neighbours;
import io.showreel.gateway.video.FilmSettings;
import io.showreel.gateway.webhook.WebhookSettings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class SettingsTest {

    private final Binder nothing = new Binder(new MapConfigurationPropertySource(Map.of()));

    @Test
    void without_any_setting_the_usual_holds() {
        assertThat(nothing.bindOrCreate("showreel.jobs", JobSettings.class))
                .isEqualTo(new JobSettings(
                        "google/veo-3.1-fast",
                        "stability-ai/stable-audio-2.5",
                        OnSceneFailure.PARTIAL,
                        Duration.ofMinutes(10),
                        Duration.ofHours(24),
                        Duration.ofSeconds(60),
                        "default",
                        Duration.ofDays(30)));
        assertThat(nothing.bindOrCreate("showreel", AccessSettings.class))
                .isEqualTo(new AccessSettings(
                        false,
                        List.of(),
                        new AccessSettings.RateLimit(100, 200),
                        List.of("http://localhost:[*]", "http://127.0.0.1:[*]")));
        assertThat(nothing.bindOrCreate("showreel", Neighbours.class))
                .isEqualTo(new Neighbours(
                        URI.create("http://localhost:8081"),
                        URI.create("http://localhost:8083"),
                        URI.create("http://localhost:8082"),
                        Duration.ofSeconds(5)));
        assertThat(nothing.bindOrCreate("showreel.webhooks", WebhookSettings.class))
                .isEqualTo(new WebhookSettings(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(20),
                        Duration.ofHours(2),
                        64,
                        4,
                        Duration.ofHours(24),
                        Duration.ofDays(30)));
        assertThat(nothing.bindOrCreate("showreel.films", FilmSettings.class))
                .isEqualTo(new FilmSettings(
                        FilmSettings.Delivery.STREAM, Duration.ofHours(1), null, DataSize.ofGigabytes(2)));
    }

    @Test
    void a_key_without_a_list_of_clients_sees_all_and_one_with_an_empty_list_is_refused() {
        var key = Map.of("showreel.api-keys[0].name", "studio", "showreel.api-keys[0].sha256", "0".repeat(64));
        assertThat(access(key).apiKeys()).singleElement().satisfies(all -> assertThat(all.clientIds())
                .isNull());

        var empty = new HashMap<>(key);
        empty.put("showreel.api-keys[0].client-ids", "");
        assertThatThrownBy(() -> access(empty)).rootCause().hasMessageContaining("empty list of clients");
    }

    private static AccessSettings access(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("showreel", AccessSettings.class);
    }
}
