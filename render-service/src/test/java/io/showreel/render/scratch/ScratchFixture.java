package io.showreel.render.scratch;

import java.io.IOException;
import java.nio.file.Path;

public final class ScratchFixture {

    private ScratchFixture() {}

    public static Scratch in(Path folder) throws IOException {
        return new Scratch(new ScratchSettings(folder));
    }
}
