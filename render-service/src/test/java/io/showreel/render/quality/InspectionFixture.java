package io.showreel.render.quality;

import io.showreel.render.frame.Frames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

public final class InspectionFixture {

    private InspectionFixture() {}

    /** Takes photos from the disk. */
    public static Inspection with(String ffmpeg, Duration patience) {
        return new Inspection(
                new QualitySettings(ffmpeg, patience),
                (photo, into) -> {
                    try {
                        Files.copy(Path.of(photo), into);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                new Frames());
    }
}
