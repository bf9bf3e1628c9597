package io.showreel.gateway.job;

import io.showreel.contracts.video.VideoEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A published film.
 *
 * @param revision the cut that it came from
 * @param missingScenes scenes that are not in it because their clip was lost
 */
public record Film(
        int revision,
        URI object,
        @Nullable URI thumbnail,
        String sha256,
        long size,
        Duration length,
        List<UUID> missingScenes) {

    public Film {
        missingScenes = List.copyOf(missingScenes);
    }

    static Film of(VideoEvent.FilmPublished event) {
        return new Film(
                event.cut(),
                event.film(),
                event.thumbnail(),
                event.sha256(),
                event.size(),
                event.length(),
                event.missingScenes());
    }

    boolean partial() {
        return !missingScenes.isEmpty();
    }
}
