package io.showreel.gateway.forecast;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.showreel.gateway.job.Job;
import io.showreel.gateway.job.StoredJob;
import io.showreel.gateway.job.Take;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Expects films, and measures while jobs go by. What one replica measured the others need not know: each sees enough
 * jobs, and an estimate that differs by seconds harms nobody.
 */
@Component
public class Forecasts {

    /** The weight of the latest measurement: the last dozen or so count. */
    private static final double NEWS = 0.15;

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final long MOST = 10_000;

    private record CutId(long jobId, int cut) {}

    private final Cache<CutId, Instant> cutting =
            Caffeine.newBuilder().expireAfterWrite(LONGEST).maximumSize(MOST).build();
    private final Clock clock;
    private volatile StageTimes times = StageTimes.USUAL;

    public Forecasts(Clock clock) {
        this.clock = clock;
    }

    /** When the job's first film is expected; empty if nobody knows. */
    public Optional<Instant> completion(StoredJob job) {
        return Forecast.completion(job.state(), job.updatedAt(), times);
    }

    StageTimes times() {
        return times;
    }

    /** Learns from a change of a job how long a stage took. */
    public void observe(long jobId, Job before, Job after) {
        if (!(before instanceof Job.Rendering earlier)) {
            return;
        }
        var now = clock.instant();
        var cut = Job.cutOf(after);
        if (cut == null || cut.number() != earlier.cut().number()) {
            return;
        }
        for (var take : cut.takes()) {
            earlier.cut().takes().stream()
                    .filter(old -> old.id().equals(take.id()) && !old.ended() && take.rendered())
                    .map(Take::expectedAt)
                    .filter(Objects::nonNull)
                    .forEach(expected -> fetched(Duration.between(expected, now)));
        }
        var id = new CutId(jobId, cut.number());
        if (cut.cuttingPercent() != null && earlier.cut().cuttingPercent() == null) {
            cutting.put(id, now);
        }
        var film = cut.film();
        var begun = cutting.getIfPresent(id);
        if (film != null
                && earlier.cut().film() == null
                && begun != null
                && film.length().isPositive()) {
            cut(Duration.between(begun, now)
                    .multipliedBy(1000)
                    .dividedBy(film.length().toMillis()));
        }
    }

    private synchronized void fetched(Duration took) {
        times = new StageTimes(learnt(times.fetching(), took), times.cuttingPerSecond());
    }

    private synchronized void cut(Duration perSecond) {
        times = new StageTimes(times.fetching(), learnt(times.cuttingPerSecond(), perSecond));
    }

    private static Duration learnt(Duration known, Duration measured) {
        long bounded = Math.clamp(measured.toMillis(), 0, LONGEST.toMillis());
        return Duration.ofMillis(Math.round(known.toMillis() * (1 - NEWS) + bounded * NEWS));
    }
}
