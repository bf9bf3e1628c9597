package io.showreel.stitch.assembly.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.showreel.contracts.video.VideoEvent;
import io.showreel.messaging.CommitListener;
import io.showreel.messaging.Message;
import org.springframework.stereotype.Component;

/** Counts and times the films that this replica published. */
@Component
class FilmCounters implements CommitListener {

    private final MeterRegistry registry;
    private final Counter length;

    FilmCounters(MeterRegistry registry) {
        this.registry = registry;
        this.length = Counter.builder("showreel.film.length")
                .description("Length of the published films together")
                .baseUnit("seconds")
                .register(registry);
        published("copy");
        stitching("copy");
        failed("no_clips");
    }

    @Override
    public void committed(Message message) {
        switch (message.payload()) {
            case VideoEvent.FilmPublished event -> published(event);
            case VideoEvent.CuttingFailed event -> failed(event.code()).increment();
            default -> {}
        }
    }

    private void published(VideoEvent.FilmPublished event) {
        length.increment(event.length().toMillis() / 1000.0);
        published(event.way()).increment();
        if (event.stitching() != null) {
            stitching(event.way()).record(event.stitching());
        }
    }

    private Counter published(String way) {
        return Counter.builder("showreel.films.published")
                .description("Films that passed their check, by how they were cut")
                .tag("way", way)
                .register(registry);
    }

    private Timer stitching(String way) {
        return Timer.builder("showreel.film.stitching")
                .description("From the arrival of a film's last clip to its publication, by how it was cut")
                .tag("way", way)
                .register(registry);
    }

    private Counter failed(String code) {
        return Counter.builder("showreel.films.failed")
                .description("Cuts that will have no film")
                .tag("code", code)
                .register(registry);
    }
}
