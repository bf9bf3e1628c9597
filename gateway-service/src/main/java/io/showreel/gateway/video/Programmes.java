package io.showreel.gateway.video;

import io.showreel.gateway.job.Jobs;
import io.showreel.gateway.job.KeptCuts;
import io.showreel.gateway.live.LiveJobs;
import io.showreel.gateway.live.NewestOfJobs;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What can be watched of jobs, kept at hand: a player asks for a film in many small pieces. */
@Component
class Programmes {

    private static final int ENTRIES = 100_000;

    private final Jobs jobs;
    private final KeptCuts cuts;
    private final NewestOfJobs<Programme> kept;

    Programmes(Jobs jobs, KeptCuts cuts, LiveJobs live) {
        this.jobs = jobs;
        this.cuts = cuts;
        this.kept = new NewestOfJobs<>(
                live, ENTRIES, programme -> 1 + programme.versions().size(), Programme::version);
    }

    /** Empty if there is no such job. */
    Mono<Programme> of(long jobId) {
        return kept.get(jobId, id -> jobs.find(id).flatMap(job -> cuts.of(id).map(ended -> Programme.of(job, ended))));
    }
}
