package io.showreel.stitch.cutting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class CuttingSettingsTest {

    @Test
    void without_any_setting_films_are_cut_with_the_ffmpeg_on_the_path() {
        var settings = bind(Map.of());

        assertThat(settings)
                .isEqualTo(new CuttingSettings(
                        true,
                        "ffmpeg",
                        null,
                        2,
                        2,
                        2,
                        DataSize.ofGigabytes(3),
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(20),
                        true,
                        DataSize.ofGigabytes(4),
                        DataSize.ofMegabytes(512),
                        4,
                        18,
                        1080));
        assertThat(settings.temporary()).isEqualTo(Path.of(System.getProperty("java.io.tmpdir"), "showreel-stitch"));
    }

    @Test
    void cutting_can_be_switched_off() {
        assertThat(bind(Map.of("stitch.enabled", "false")).enabled()).isFalse();
    }

    private static CuttingSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("stitch", CuttingSettings.class);
    }
}
