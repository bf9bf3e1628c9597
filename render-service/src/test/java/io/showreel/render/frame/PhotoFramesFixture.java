package io.showreel.render.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

public final class PhotoFramesFixture {

    private PhotoFramesFixture() {}

    /** Takes photos from the disk. */
    public static PhotoFrames keptIn(Path shelf) {
        return new PhotoFrames(
                (photo, into) -> {
                    try {
                        Files.copy(Path.of(photo), into);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                new Frames(),
                shelf);
    }
}
