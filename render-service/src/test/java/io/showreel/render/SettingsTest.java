package io.showreel.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.render.start.StartSettings;
import io.showreel.render.studio.replicate.ReplicateSettings;
import io.showreel.render.take.TakeSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SettingsTest {

    @Test
    void an_empty_environment_is_careful() {
        var replicate = bind("showreel.replicate", ReplicateSettings.class);
        var start = bind("showreel.start", StartSettings.class);
        var takes = bind("showreel.takes", TakeSettings.class);

        assertThat(replicate.baseUrl()).hasToString("https://api.replicate.com/v1");
        assertThat(replicate.account()).isEqualTo("default");
        assertThat(replicate.publicBaseUrl()).isNull();
        assertThat(start.delay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(start.maxConcurrency()).isEqualTo(4);
        assertThat(takes.resubmissionDelayFactor()).isEqualTo(1.0);
        assertThat(takes.guardAfter())
                .as("nobody doubts a sender that may still be answered")
                .isGreaterThan(replicate.connectTimeout().plus(replicate.submitTimeout()));
        assertThat(start.readyFor()).isLessThan(Duration.ofHours(1));
    }

    private static <T> T bind(String prefix, Class<T> type) {
        return new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate(prefix, type);
    }
}
