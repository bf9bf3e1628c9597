package io.showreel.gateway.timeline;

import io.showreel.gateway.forecast.Forecasts;
import io.showreel.gateway.job.Jobs;
import io.showreel.gateway.job.Standing;
import io.showreel.gateway.job.StoredJob;
import io.showreel.gateway.live.Closing;
import io.showreel.gateway.live.LiveJobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Follows jobs. Each follower knows only how far it has come; what woke it is read from the database, so that every
 * replica tells the same in the same order, and nothing is kept for a follower who is slow: it reads the next batch when
 * it has taken the last. All who have come equally far share one read.
 */
@Component
class Feed {

    private static final Logger log = LoggerFactory.getLogger(Feed.class);

    /** The most that is held for one follower. */
    private static final int BATCH = 100;

    private final LongFunction<Mono<StoredJob>> jobs;
    private final Timeline timeline;
    private final Forecasts forecasts;
    private final LongFunction<Flux<Long>> versions;
    private final LongUnaryOperator newestVersion;
    private final Mono<Void> closing;
    private final Map<Place, Mono<Reading>> reading = new ConcurrentHashMap<>();

    @Autowired
    Feed(Jobs jobs, Timeline timeline, Forecasts forecasts, LiveJobs live, Closing closing) {
        this(jobs::find, timeline, forecasts, live::versions, live::newestVersion, closing.begun());
    }

    Feed(
            LongFunction<Mono<StoredJob>> jobs,
            Timeline timeline,
            Forecasts forecasts,
            LongFunction<Flux<Long>> versions,
            LongUnaryOperator newestVersion,
            Mono<Void> closing) {
        this.jobs = jobs;
        this.timeline = timeline;
        this.forecasts = forecasts;
        this.versions = versions;
        this.newestVersion = newestVersion;
        this.closing = closing;
    }

    /** @param version a read that begins now sees at least this one */
    private record Place(long jobId, long after, long version) {}

    /** @param progress null if there is no such job any more */
    private record Reading(Notice.@Nullable Progress progress, List<Moment> moments) {

        static final Reading NO_JOB = new Reading(null, List.of());

        boolean mayGoOn() {
            return moments.size() == BATCH;
        }
    }

    /** Everything after a moment, and then whatever comes; ends when the job is deleted or this replica shuts down. */
    Flux<Notice> from(long jobId, long after) {
        return Flux.defer(() -> {
                    var follower = new Follower(jobId, after);
                    return versions.apply(jobId)
                            .concatMap(version -> follower.catchUp(), 1)
                            .takeWhile(reading -> reading.progress() != null)
                            .concatMapIterable(follower::newTo, 1);
                })
                // The follower comes again, and says how far it came.
                .onErrorResume(trouble -> {
                    log.debug("A stream of job {} ends: {}", jobId, trouble.toString());
                    return Flux.empty();
                })
                .takeUntilOther(closing);
    }

    /** Never used by two threads at once: {@code concatMap} asks for the next look when the last has been told. */
    private final class Follower {

        private final long jobId;
        private volatile long after;
        private volatile Notice.@Nullable Progress seen;

        Follower(long jobId, long after) {
            this.jobId = jobId;
            this.after = after;
        }

        Flux<Reading> catchUp() {
            return look().expand(reading -> reading.mayGoOn() ? look() : Mono.empty(), 1);
        }

        private Mono<Reading> look() {
            return Mono.defer(() -> shared(new Place(jobId, after, newestVersion.applyAsLong(jobId))))
                    .doOnNext(this::advance);
        }

        private void advance(Reading reading) {
            if (!reading.moments().isEmpty()) {
                after = reading.moments().getLast().id();
            }
        }

        List<Notice> newTo(Reading reading) {
            var notices = new ArrayList<Notice>();
            reading.moments().forEach(moment -> notices.add(new Notice.Happened(moment)));
            var progress = reading.progress();
            if (progress != null && !reading.mayGoOn() && !progress.equals(seen)) {
                seen = progress;
                notices.add(new Notice.Stands(progress));
            }
            return notices;
        }
    }

    private Mono<Reading> shared(Place place) {
        return Mono.defer(() -> reading.computeIfAbsent(
                place, here -> read(here).doFinally(end -> reading.remove(here)).cache()));
    }

    private Mono<Reading> read(Place place) {
        return jobs.apply(place.jobId())
                .flatMap(job -> timeline.after(place.jobId(), place.after(), BATCH)
                        .map(moments -> new Reading(progress(job), moments)))
                .defaultIfEmpty(Reading.NO_JOB);
    }

    private Notice.Progress progress(StoredJob job) {
        return Notice.Progress.of(
                Standing.of(job.state()), forecasts.completion(job).orElse(null));
    }
}
