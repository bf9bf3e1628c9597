package io.showreel.messaging.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

class InboxSettingsTest {

    @Test
    void nothing_configured_means_the_documented_defaults() {
        var defaults = Binder.get(new MockEnvironment()).bindOrCreate("showreel.messaging.inbox", InboxSettings.class);

        assertThat(defaults).isEqualTo(new InboxSettings(Duration.ofDays(14), Duration.ofHours(1)));
    }
}
