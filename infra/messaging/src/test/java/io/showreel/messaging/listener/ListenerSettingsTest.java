package io.showreel.messaging.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

class ListenerSettingsTest {

    @Test
    void nothing_configured_means_the_documented_defaults() {
        var defaults =
                Binder.get(new MockEnvironment()).bindOrCreate("showreel.messaging.listener", ListenerSettings.class);

        assertThat(defaults)
                .isEqualTo(new ListenerSettings(
                        1,
                        250,
                        Duration.ofSeconds(30),
                        3,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(3)));
    }
}
