package io.showreel.asset.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where uploads wait until they are complete. A file bears the id of the process that writes it, so that what a killed
 * process left behind is found by the next one, beside replicas that are alive.
 */
final class SpoolFolder {

    private static final Logger log = LoggerFactory.getLogger(SpoolFolder.class);
    private static final String SUFFIX = ".part";
    private static final Pattern NAME = Pattern.compile("upload-(\\d{1,18})-.*\\.part");

    private SpoolFolder() {}

    static Path newFile(Path folder) throws IOException {
        return Files.createTempFile(
                Files.createDirectories(folder),
                "upload-" + ProcessHandle.current().pid() + "-",
                SUFFIX);
    }

    /** To be called before the first upload: what bears this process's id by then is of a dead one that had the same. */
    static void sweep(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                var name = NAME.matcher(file.getFileName().toString());
                if (name.matches() && isDead(Long.parseLong(name.group(1)))) {
                    Files.deleteIfExists(file);
                    log.info("Deleted {}, which a killed process left behind", file);
                }
            }
        }
    }

    private static boolean isDead(long pid) {
        return pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty();
    }
}
