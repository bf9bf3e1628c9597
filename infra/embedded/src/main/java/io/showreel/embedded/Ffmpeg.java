package io.showreel.embedded;

import java.nio.file.Path;
import java.util.Optional;

/**
 * An ffmpeg that can do what we need.
 *
 * @param ffmpeg its executable
 * @param ffprobe beside it; the static build has none
 * @param version as it says itself
 * @param origin where it comes from
 */
public record Ffmpeg(Path ffmpeg, Optional<Path> ffprobe, String version, Origin origin) {

    /** Where an ffmpeg comes from. */
    public enum Origin {
        SYSTEM,
        STATIC,
        CHOSEN
    }
}
