package io.showreel.stitch.cutting;

import io.showreel.stitch.editing.Footage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file of pictures that can go into a film, as it decodes to its end without a complaint.
 *
 * @param contents size and checksum of every coded picture, without parameter sets; empty if unknown
 * @param stills null until it was looked over for what is worth showing
 */
public record Reel(
        Path file,
        Footage footage,
        List<String> contents,
        @Nullable Stills stills) {

    public Reel {
        contents = List.copyOf(contents);
    }

    /** @throws IllegalStateException if it was not looked over */
    public Stills stillsOfIt() {
        return Optional.ofNullable(stills).orElseThrow(() -> new IllegalStateException(file + " was not looked over"));
    }

    /**
     * @param best a JPEG of its sharpest, best exposed frame
     * @param score how sharp and well exposed that is; higher is better
     * @param strip a PNG of small pictures, one below the other
     * @param tiles how many of them
     * @param step frames from one of them to the next
     */
    public record Stills(Path best, double score, Path strip, int tiles, int step) {}
}
