package io.showreel.render.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.render.account.AccountSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DoubtTest {

    private static final Instant BEGIN = Instant.parse("2026-11-01T12:00:00Z");
    private static final AccountSettings SETTINGS =
            new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("none", AccountSettings.class);

    @Test
    void one_or_two_may_be_accidents() {
        assertThat(Doubt.first(BEGIN).pause(SETTINGS, BEGIN)).isEmpty();
        assertThat(Doubt.first(BEGIN).again().pause(SETTINGS, BEGIN)).isEmpty();
    }

    @Test
    void the_longer_it_goes_on_the_longer_nothing_is_submitted_up_to_a_bound() {
        var doubt = Doubt.first(BEGIN).again().again();
        assertThat(doubt.pause(SETTINGS, BEGIN.plusSeconds(5))).hasValue(SETTINGS.probeEvery());
        assertThat(doubt.again().pause(SETTINGS, BEGIN.plusSeconds(600))).hasValue(Duration.ofSeconds(300));
        assertThat(doubt.again().pause(SETTINGS, BEGIN.plus(Duration.ofHours(5))))
                .hasValue(SETTINGS.longestDoubt());
    }
}
