package io.showreel.sandbox.media;

import java.io.IOException;
import java.nio.file.Path;

/** Brings the file behind an input's address here. */
@FunctionalInterface
public interface Source {
    /** Throws with the reason if there is none. */
    void fetch(String account, String address, Path into) throws IOException, InterruptedException;
}
