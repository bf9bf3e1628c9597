package io.showreel.render.quality;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How clips are looked at.
 *
 * @param ffmpeg the program's name or path; without it clips arrive without a report
 * @param patience from a clip's arrival to its report, which is made while the clip is stored; one that takes longer is
 *     left out, so that no clip waits for it
 */
@ConfigurationProperties("showreel.quality")
record QualitySettings(
        @DefaultValue("ffmpeg") String ffmpeg,
        @DefaultValue("4s") Duration patience) {}
