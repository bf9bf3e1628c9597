package io.showreel.gateway.job;

import io.showreel.contracts.Usd;
import java.time.Duration;

/** What a job knows of the model that makes its music, fixed at creation. */
public record MusicModel(String name, Duration longest, Usd pricePerTrack) {

    /** The whole seconds that a film needs, as far as the model can make them. */
    Duration lengthFor(Duration film) {
        var whole = Duration.ofSeconds(film.plusMillis(999).toSeconds());
        return whole.compareTo(longest) <= 0 ? whole : longest;
    }
}
