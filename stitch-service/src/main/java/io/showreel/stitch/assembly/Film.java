package io.showreel.stitch.assembly;

import io.showreel.contracts.video.VideoEvent.Choice;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A finished film in the object store.
 *
 * @param poster a JPEG of the best frame that was known when the film was ready; null if none was
 * @param missingScenes scenes of the plan that it lacks, as their clip was lost
 * @param way how it was cut, such as {@code copy} or {@code normalise+music}
 * @param plan how each clip and each boundary was treated; empty for films of earlier versions
 */
public record Film(
        URI object,
        @Nullable URI poster,
        String sha256,
        long size,
        int width,
        int height,
        int frames,
        Duration length,
        List<UUID> missingScenes,
        String way,
        List<Choice> plan) {

    @SuppressWarnings("NullAway") // Films of earlier versions have none.
    public Film {
        missingScenes = List.copyOf(missingScenes);
        plan = plan == null ? List.of() : List.copyOf(plan);
    }

    /** As the REST API names it. */
    public String aspectRatio() {
        if (width == height) {
            return "1:1";
        }
        return width > height ? "16:9" : "9:16";
    }

    /** Without how it came about. */
    public Film(
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
        this(object, poster, sha256, size, width, height, frames, length, missingScenes, way, List.of());
    }
}
