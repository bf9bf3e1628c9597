package io.showreel.messaging.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

class LeaseSettingsTest {

    @Test
    void nothing_configured_means_the_documented_defaults() {
        var defaults = Binder.get(new MockEnvironment()).bindOrCreate("showreel.messaging.lease", LeaseSettings.class);

        assertThat(defaults)
                .isEqualTo(new LeaseSettings(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(3)));
    }
}
