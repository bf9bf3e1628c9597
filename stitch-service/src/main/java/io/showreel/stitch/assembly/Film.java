package io.showreel.stitch.assembly;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A finished film in the object store.
 *
 * @param missingScenes scenes of the plan that it lacks, as their clip was lost
 * @param way how it was cut, such as {@code copy} or {@code normalise+music}
 */
public record Film(
        URI object,
        URI poster,
        String sha256,
        long size,
        int width,
        int height,
        int frames,
        Duration length,
        List<UUID> missingScenes,
        String way) {

    public Film {
        missingScenes = List.copyOf(missingScenes);
    }
}
