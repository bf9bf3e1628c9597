package io.showreel.asset.media;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How videos, audio and some images are looked at.
 *
 * @param ffmpeg the program; 4.4 or newer
 * @param timeout of one process
 * @param atOnce processes that may run at the same time
 */
@ConfigurationProperties("showreel.projector")
record ProjectorSettings(
        @DefaultValue("ffmpeg") String ffmpeg,
        @DefaultValue("20s") Duration timeout,
        @DefaultValue("2") int atOnce) {}
