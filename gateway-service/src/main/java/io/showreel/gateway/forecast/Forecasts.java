package io.showreel.gateway.forecast;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.showreel.contracts.scene.SceneEvent.TakePhase;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.gateway.job.Cut;
import io.showreel.gateway.job.Job;
import io.showreel.gateway.job.StageTimes;
import io.showreel.gateway.job.StoredJob;
import io.showreel.gateway.job.Take;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
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

    /** What begins, and is measured when it ends. */
    private sealed interface Begun {}

    private record Choosing(long jobId) implements Begun {}

    private record Phase(long jobId, UUID take, TakePhase phase) implements Begun {}

    private record Cutting(long jobId, int cut) implements Begun {}

    private final Cache<Begun, Instant> begun =
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

    /** How long each stage is expected to take by now. */
    public StageTimes times() {
        return times;
    }

    /** Learns from a change of a job how long a stage took. */
    public void observe(long jobId, Job before, Job after) {
        if (before instanceof Job.Unborn) {
            begin(new Choosing(jobId));
        } else if (before instanceof Job.Selecting && !(after instanceof Job.Selecting)) {
            var choosing = new Choosing(jobId);
            if (after instanceof Job.Ready || after instanceof Job.Rendering) {
                end(choosing).ifPresent(took -> learn(known -> with(known, choosing, took)));
            }
        }
        if (before instanceof Job.Rendering earlier) {
            observe(jobId, earlier.cut(), Job.cutOf(after));
        }
    }

    private void observe(long jobId, Cut before, @Nullable Cut after) {
        if (after == null || after.number() != before.number()) {
            return;
        }
        for (var take : after.takes()) {
            before.take(take.id())
                    .filter(earlier -> !earlier.ended())
                    .ifPresent(earlier -> observe(jobId, earlier, take));
        }
        var cutting = new Cutting(jobId, after.number());
        if (after.cuttingPercent() != null && before.cuttingPercent() == null) {
            begin(cutting);
        }
        var film = after.film();
        if (film != null && before.film() == null && film.length().isPositive()) {
            end(cutting)
                    .map(took -> took.multipliedBy(1000).dividedBy(film.length().toMillis()))
                    .ifPresent(perSecond -> learn(known -> with(known, cutting, perSecond)));
        }
    }

    private void observe(long jobId, Take before, Take after) {
        var expected = before.expectedAt();
        if (after.rendered() && expected != null) {
            var took = Duration.between(expected, clock.instant());
            learn(known -> with(known, new Phase(jobId, after.id(), TakePhase.DOWNLOADING), took));
        }
        if (after.kind() != TakeKind.CLIP || before.phase() == after.phase()) {
            return;
        }
        var left = new Phase(jobId, after.id(), before.phase());
        var took = end(left);
        // One that was not told of between tells nothing of the stages that it went through.
        if (isNext(before.phase(), after.phase()) && (after.rendered() || !after.ended())) {
            took.ifPresent(time -> learn(known -> with(known, left, time)));
        }
        if (!after.ended()) {
            begin(new Phase(jobId, after.id(), after.phase()));
        }
    }

    private static boolean isNext(TakePhase left, TakePhase reached) {
        return (left == TakePhase.WAITING && reached == TakePhase.PROCESSING)
                || (left == TakePhase.PROCESSING && reached == TakePhase.DOWNLOADING);
    }

    private void begin(Begun stage) {
        begun.put(stage, clock.instant());
    }

    /** How long it took; empty if somebody else saw its beginning. */
    private Optional<Duration> end(Begun stage) {
        return Optional.ofNullable(begun.asMap().remove(stage)).map(since -> Duration.between(since, clock.instant()));
    }

    private synchronized void learn(UnaryOperator<StageTimes> change) {
        times = change.apply(times);
    }

    private static StageTimes with(StageTimes known, Begun stage, Duration took) {
        return switch (stage) {
            case Choosing choosing -> known.withChoosing(learnt(known.choosing(), took));
            case Cutting cutting -> known.withCuttingPerSecond(learnt(known.cuttingPerSecond(), took));
            case Phase take ->
                switch (take.phase()) {
                    case WAITING -> known.withStarting(learnt(known.starting(), took));
                    case PROCESSING -> known.withRendering(learnt(known.rendering(), took));
                    case DOWNLOADING -> known.withFetching(learnt(known.fetching(), took));
                    case OTHER, QUEUED, SUBMITTING -> known;
                };
        };
    }

    private static Duration learnt(Duration known, Duration measured) {
        long bounded = Math.clamp(measured.toMillis(), 0, LONGEST.toMillis());
        return Duration.ofMillis(Math.round(known.toMillis() * (1 - NEWS) + bounded * NEWS));
    }
}
