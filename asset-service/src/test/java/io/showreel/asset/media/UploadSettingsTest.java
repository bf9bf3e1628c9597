package io.showreel.asset.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;

class UploadSettingsTest {

    @Test
    void nothing_has_to_be_configured() {
        var settings = new Binder().bindOrCreate("showreel.uploads", UploadSettings.class);
        assertThat(settings.maxImage().toMegabytes()).isEqualTo(50);
        assertThat(settings.maxVideo().toGigabytes()).isEqualTo(2);
        assertThat(settings.maxAudio().toMegabytes()).isEqualTo(200);
        assertThat(settings.maxSide()).isLessThan(20_000);
        assertThat(settings.maxPixels()).isEqualTo(60_000_000);
        assertThat(settings.thumbnailsAfter()).hasSeconds(3);
        assertThat(settings.folder()).hasFileName("showreel-uploads");
    }
}
