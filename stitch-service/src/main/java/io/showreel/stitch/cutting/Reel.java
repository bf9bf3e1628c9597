package io.showreel.stitch.cutting;

import io.showreel.stitch.editing.Footage;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of pictures that can go into a film: it was decoded to its end without a complaint, and looked over for what is
 * worth showing.
 *
 * @param contents size and checksum of every coded picture, without parameter sets; empty if unknown
 */
public record Reel(Path file, Footage footage, List<String> contents, Stills stills) {

    public Reel {
        contents = List.copyOf(contents);
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
