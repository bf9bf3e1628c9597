package io.showreel.render.quality;

import io.showreel.render.frame.PhotoFramesFixture;
import java.nio.file.Path;
import java.time.Duration;

public final class InspectionFixture {

    private InspectionFixture() {}

    /** Takes photos from the disk. */
    public static Inspection with(String ffmpeg, Duration patience, Path shelf) {
        return new Inspection(new QualitySettings(ffmpeg, patience), PhotoFramesFixture.keptIn(shelf));
    }
}
