package io.showreel.embedded;

import io.showreel.embedded.process.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where unpacked binaries are kept between runs: complete or absent, whoever unpacks them at the same time. */
final class Caches {

    private Caches() {}

    /** Unpacks into a folder beside the final one. */
    interface Unpacking {
        void into(Path folder) throws IOException;
    }

    static Path directory() {
        var xdg = System.getenv("XDG_CACHE_HOME");
        var base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("showreel");
    }

    /** The folder of that name, unpacked first if it isn't there. */
    static Path unpacked(String name, Unpacking unpacking) {
        var folder = directory().resolve(name);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        try {
            Files.createDirectories(directory());
            var draft = Files.createTempDirectory(directory(), name + ".");
            try {
                unpacking.into(draft);
                Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
                // Another process was faster, and its folder is as good as ours.
            } finally {
                Folders.delete(draft);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack " + name + " into " + directory(), e);
        }
    }
}
