package io.showreel.stitch.cutting;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How films are cut.
 *
 * @param enabled false gathers and plans, but leaves every cut in the queue for a service that cuts
 * @param ffmpeg the program; 4.4 or newer
 * @param workDir where temporary folders are made; several instances may share it; null for the system's
 * @param parallelCuts films that this instance cuts at the same time
 * @param processes FFmpeg processes that this instance runs at the same time for films that wait; one more prepares in
 *     idle time
 * @param threads that one FFmpeg process may use for each of its parts
 * @param memory that one FFmpeg process may address; what it really uses is about a fifth of it
 * @param timeout of one FFmpeg process
 * @param lease how long a cut stays with a worker that says nothing
 * @param prepareAhead makes the house's reel of every clip in idle times, so that later edits of its film needn't
 * @param cache that fetched and made files may fill on the disk of {@code workDir}
 * @param freeSpace that has to remain on the disk of {@code workDir}
 * @param attempts until a cut whose FFmpeg is killed or runs out of time is given up
 * @param quality of what is encoded anew, as x264's CRF: lower is better and bigger
 * @param shortSide of films in pixels; 1080 makes 1920x1080, 1080x1920 and 1080x1080
 */
@ConfigurationProperties("stitch")
public record CuttingSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("ffmpeg") String ffmpeg,
        @Nullable Path workDir,
        @DefaultValue("2") int parallelCuts,
        @DefaultValue("2") int processes,
        @DefaultValue("2") int threads,
        @DefaultValue("3GB") DataSize memory,
        @DefaultValue("10m") Duration timeout,
        @DefaultValue("20s") Duration lease,
        @DefaultValue("true") boolean prepareAhead,
        @DefaultValue("4GB") DataSize cache,
        @DefaultValue("512MB") DataSize freeSpace,
        @DefaultValue("4") int attempts,
        @DefaultValue("18") int quality,
        @DefaultValue("1080") int shortSide) {

    /** Where temporary folders are made: {@code workDir}, or a folder in the system's one for such things. */
    Path temporary() {
        return workDir != null ? workDir : Path.of(System.getProperty("java.io.tmpdir"), "showreel-stitch");
    }
}
