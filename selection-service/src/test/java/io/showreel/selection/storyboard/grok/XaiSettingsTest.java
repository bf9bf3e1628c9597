package io.showreel.selection.storyboard.grok;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.selection.storyboard.SelectionSettings;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class XaiSettingsTest {

    @Test
    void nothing_set_is_the_documented_default() {
        assertThat(bind(Map.of()))
                .isEqualTo(new XaiSettings(
                        URI.create("https://api.x.ai/v1"),
                        new Secret(""),
                        "grok-4.20-non-reasoning",
                        null,
                        0.3,
                        6000,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        new XaiSettings.Retry(5, 3, Duration.ofSeconds(1), Duration.ofSeconds(30)),
                        new XaiSettings.Prices(
                                new BigDecimal("1.25"), new BigDecimal("0.20"), new BigDecimal("2.50"))));
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("selection", SelectionSettings.class)
                        .bound())
                .isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void the_key_is_read_and_never_shown() {
        var settings = bind(Map.of("selection.xai.key", "xai-secret", "selection.xai.url", "http://localhost:1/v1/"));

        assertThat(settings.key().value()).isEqualTo("xai-secret");
        assertThat(settings.toString()).contains("***").doesNotContain("xai-secret");
        assertThat(settings.at("/models")).isEqualTo(URI.create("http://localhost:1/v1/models"));
    }

    private static XaiSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("selection.xai", XaiSettings.class);
    }
}
