package io.showreel.embedded.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Folders that come and go. */
public final class Folders {

    private static final int TRIES = 5;

    private Folders() {}

    /** A new folder among the system's temporary ones. */
    public static Path temporary(String name) {
        try {
            return Files.createTempDirectory("showreel-" + name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder, also while processes that are about to end still write into it. */
    public static void delete(Path folder) {
        for (var attempt = 1; Files.exists(folder); attempt++) {
            try {
                deleteOnce(folder);
            } catch (UncheckedIOException | IOException e) {
                if (attempt == TRIES) {
                    throw new IllegalStateException("Cannot delete " + folder, e);
                }
            }
        }
    }

    private static void deleteOnce(Path folder) throws IOException {
        List<Path> inside;
        try (var paths = Files.walk(folder)) {
            inside = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (var path : inside) {
            Files.deleteIfExists(path);
        }
    }
}
