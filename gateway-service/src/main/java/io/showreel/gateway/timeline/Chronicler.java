package io.showreel.gateway.timeline;

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
    private final Clock clock;

    Chronicler(Timeline timeline, Clock clock) {
        this.timeline = timeline;
        this.clock = clock;
    }

    @Override
    public Mono<Void> write(Job before, StoredJob after) {
        var happenings = Happenings.between(before, after.state());
        return happenings.isEmpty() ? Mono.empty() : timeline.append(after.id(), clock.instant(), happenings);
    }
}
