package io.showreel.stitch.cutting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.unit.DataSize;

/** Looks, before work begins, whether the disk can take what comes up; the cache gives way first. */
final class DiskSpace {

    /** Copies, parts, the film before and after its sound: a cut needs its material's size a few times. */
    private static final int FACTOR = 4;

    private final MediaCache cache;
    private final DataSize remaining;

    /** @param remaining what has to stay free */
    DiskSpace(MediaCache cache, DataSize remaining) {
        this.cache = cache;
        this.remaining = remaining;
    }

    /**
     * @param material bytes that are worked on
     * @throws NoSpaceException if there is too little, even without the cache
     */
    void require(Path folder, long material) throws IOException {
        long wanted = material * FACTOR + remaining.toBytes();
        if (freeAt(folder) < wanted) {
            cache.clear();
        }
        long free = freeAt(folder);
        if (free < wanted) {
            throw new NoSpaceException(
                    "%d MB are free on the disk, %d MB are needed".formatted(mega(free), mega(wanted)));
        }
    }

    private static long freeAt(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    private static long mega(long bytes) {
        return DataSize.ofBytes(bytes).toMegabytes();
    }
}
