package io.showreel.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

class RelaySettingsTest {

    @Test
    void nothing_configured_means_the_documented_defaults() {
        var defaults = Binder.get(new MockEnvironment()).bindOrCreate("showreel.messaging.relay", RelaySettings.class);

        assertThat(defaults)
                .isEqualTo(new RelaySettings(
                        Duration.ofMillis(100),
                        500,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(2)));
    }
}
