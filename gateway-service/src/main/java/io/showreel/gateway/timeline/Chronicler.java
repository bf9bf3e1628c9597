package io.showreel.gateway.timeline;

import io.showreel.gateway.forecast.Forecasts;
import io.showreel.gateway.job.Chronicle;
import io.showreel.gateway.job.Job;
import io.showreel.gateway.job.StoredJob;
import java.time.Clock;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Puts every change of a job on its timeline. */
@Component
class Chronicler implements Chronicle {

    private final Timeline timeline;
    private final Forecasts forecasts;
    private final Clock clock;

    Chronicler(Timeline timeline, Forecasts forecasts, Clock clock) {
        this.timeline = timeline;
        this.forecasts = forecasts;
        this.clock = clock;
    }

    @Override
    public Mono<Void> write(Job before, StoredJob after) {
        forecasts.observe(after.id(), before, after.state());
        var happenings = Happenings.between(before, after.state());
        return happenings.isEmpty() ? Mono.empty() : timeline.append(after.id(), clock.instant(), happenings);
    }
}
