package io.showreel.render.quality;

import io.showreel.render.frame.PhotoFramesFixture;
import io.showreel.render.model.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

public final class InspectionFixture {

    private InspectionFixture() {}

    /** Takes photos from the disk. */
    public static Inspection with(String ffmpeg, Duration patience, Path shelf) throws IOException {
        return new Inspection(
                new QualitySettings(ffmpeg, patience), PhotoFramesFixture.keptIn(shelf), Models.of(Map.of()));
    }
}
