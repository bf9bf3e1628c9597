package io.showreel.local.sample;

import java.nio.file.Path;
import java.util.Locale;

/** The facts of a film file, as its container and ffmpeg tell them. */
record Film(
        Path file,
        long bytes,
        int width,
        int height,
        String codec,
        String pixelFormat,
        double framesPerSecond,
        int frames,
        double seconds,
        boolean startsFast,
        int videoStreams,
        int audioStreams) {

    String facts() {
        return String.format(
                Locale.ROOT,
                "%dx%d, %s, %s, %s fps, %d frames, %.2f s, %s, %d audio, %.1f MB",
                width,
                height,
                codec,
                pixelFormat,
                framesPerSecond == Math.rint(framesPerSecond)
                        ? String.valueOf((int) framesPerSecond)
                        : String.valueOf(framesPerSecond),
                frames,
                seconds,
                startsFast ? "faststart" : "index at the end",
                audioStreams,
                bytes / 1e6);
    }
}
