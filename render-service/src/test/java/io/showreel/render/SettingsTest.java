package io.showreel.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.render.account.AccountSettings;
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
        var account = bind("showreel.account", AccountSettings.class);
        var takes = bind("showreel.takes", TakeSettings.class);

        assertThat(replicate.baseUrl()).hasToString("https://api.replicate.com/v1");
        assertThat(replicate.account()).isEqualTo("default");
        assertThat(replicate.publicBaseUrl()).isNull();
        assertThat(account.delay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(account.maxConcurrency()).isEqualTo(4);
        assertThat(takes.resubmissionDelayFactor()).isEqualTo(1.0);
        assertThat(takes.guardAfter())
                .as("nobody doubts a sender that may still be answered")
                .isGreaterThan(replicate.connectTimeout().plus(replicate.submitTimeout()));
        assertThat(start.readyFor()).isLessThan(Duration.ofHours(1));
        assertThat(takes.lookBackAfter())
                .as("the provider still knows the inputs")
                .isLessThan(Duration.ofMinutes(50));
    }

    @Test
    void an_account_without_a_name_is_the_default_one() {
        var properties = Map.of("showreel.replicate.account", "");
        var replicate = new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("showreel.replicate", ReplicateSettings.class);
        assertThat(replicate.account()).isEqualTo("default");
    }

    private static <T> T bind(String prefix, Class<T> type) {
        return new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate(prefix, type);
    }
}
