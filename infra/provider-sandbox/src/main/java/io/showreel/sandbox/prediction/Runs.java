package io.showreel.sandbox.prediction;

import io.showreel.sandbox.fault.Faults;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Carries predictions from creation to their end: one virtual thread each, interrupted when the end comes from outside.
 * After a restart the unfinished ones go on where they were.
 */
public final class Runs implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Runs.class.getName());

    private final Predictions predictions;
    private final Maker maker;
    private final Shelf shelf;
    private final Faults faults;
    private final Timing timing;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sandbox-clock").factory());
    private final Map<String, Thread> running = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public Runs(Predictions predictions, Maker maker, Shelf shelf, Faults faults, Timing timing) {
        this.predictions = predictions;
        this.maker = maker;
        this.shelf = shelf;
        this.faults = faults;
        this.timing = timing;
        predictions.watch(this::interruptEnded);
        long sweep = Math.clamp(timing.retention().toMillis() / 10, 100, 30_000);
        clock.scheduleWithFixedDelay(this::removeOldData, sweep, sweep, TimeUnit.MILLISECONDS);
    }

    /** Takes up what was unfinished when the sandbox ended. */
    public void resume() {
        shelf.keepOnly(predictions
                .oldestFirst()
                .flatMap(prediction -> Stream.ofNullable(prediction.output()))
                .collect(Collectors.toSet()));
        predictions
                .oldestFirst()
                .filter(prediction -> !prediction.status().isTerminal())
                .toList()
                .forEach(prediction -> carry(prediction, Optional.empty()));
    }

    /** Starts a new prediction, unless it is one too many at once. */
    public void launch(Prediction prediction) {
        var failure = faults.atStart(prediction, () -> startingUpTo(prediction));
        carry(prediction, failure);
    }

    private void carry(Prediction prediction, Optional<String> failure) {
        var deadline = prediction.created().deadline();
        if (deadline != null) {
            clock.schedule(
                    () -> predictions.record(new Fact.DeadlineReached(prediction.id(), now())),
                    millisecondsUntil(deadline),
                    TimeUnit.MILLISECONDS);
        }
        var thread = Thread.ofVirtual().name("prediction-" + prediction.id()).unstarted(() -> run(prediction, failure));
        running.put(prediction.id(), thread);
        thread.start();
    }

    /** Ends all runs without an outcome, as a crash would. */
    public void stop() {
        running.values().forEach(Thread::interrupt);
        running.clear();
    }

    @Override
    public void close() {
        closed = true;
        clock.shutdownNow();
        stop();
    }

    private void run(Prediction created, Optional<String> failure) {
        try {
            var started = created.status() == Status.STARTING ? start(created, failure) : created;
            if (started.status() == Status.PROCESSING) {
                finish(started);
            }
        } catch (InterruptedException e) {
            // It was canceled, or the sandbox ends; in both cases all is said.
        } catch (RuntimeException e) {
            // An interrupted file operation ends here too.
            if (!closed && !isEnded(created)) {
                LOG.log(Level.ERROR, "prediction " + created.id() + " met an error of the sandbox", e);
                fail(created, "Director: unexpected error handling prediction (E1000)");
            }
        } finally {
            running.remove(created.id(), Thread.currentThread());
        }
    }

    private Prediction start(Prediction created, Optional<String> failure) throws InterruptedException {
        pauseUntil(created.created().at().plus(timing.boot()));
        var next = failure.<Fact>map(error -> new Fact.Failed(created.id(), now(), error))
                .orElseGet(() -> new Fact.Started(created.id(), now()));
        return predictions.record(next).orElse(created);
    }

    private long startingUpTo(Prediction prediction) {
        return predictions
                .newestFirst()
                .dropWhile(other -> !other.id().equals(prediction.id()))
                .takeWhile(other ->
                        other.created().at().isAfter(now().minus(timing.boot().plusSeconds(1))))
                .filter(other -> other.account().equals(prediction.account()) && other.status() == Status.STARTING)
                .count();
    }

    private void finish(Prediction started) throws InterruptedException {
        var since = started.startedAt() == null ? now() : started.startedAt();
        var limit = clock.schedule(
                () -> fail(started, "Prediction timed out."),
                millisecondsUntil(since.plus(timing.runLimit())),
                TimeUnit.MILLISECONDS);
        try {
            var made = maker.make(started);
            pauseUntil(since.plus(timing.latency(RandomGenerator.getDefault())));
            predictions.record(new Fact.Succeeded(started.id(), now(), shelf.put(made)));
        } catch (Maker.MakingFailed e) {
            fail(started, String.valueOf(e.getMessage()));
        } finally {
            limit.cancel(false);
        }
    }

    private boolean isEnded(Prediction prediction) {
        return predictions
                .find(prediction.id())
                .map(known -> known.status().isTerminal())
                .orElse(true);
    }

    private void fail(Prediction prediction, String error) {
        predictions.record(new Fact.Failed(prediction.id(), now(), error));
    }

    private void interruptEnded(Prediction before, Prediction after) {
        if (after.status().isTerminal() && !before.status().isTerminal()) {
            var thread = running.remove(after.id());
            if (thread != null && thread != Thread.currentThread()) {
                thread.interrupt();
            }
        }
    }

    private void removeOldData() {
        var border = now().minus(timing.retention());
        predictions
                .oldestFirst()
                .filter(prediction -> !prediction.dataRemoved()
                        && prediction.completedAt() != null
                        && prediction.completedAt().isBefore(border))
                .toList()
                .forEach(prediction -> {
                    if (prediction.output() != null) {
                        shelf.remove(prediction.output());
                    }
                    predictions.record(new Fact.DataRemoved(prediction.id(), now()));
                });
    }

    private static void pauseUntil(Instant instant) throws InterruptedException {
        var pause = Duration.between(now(), instant);
        if (pause.isPositive()) {
            Thread.sleep(pause);
        }
    }

    private static long millisecondsUntil(Instant instant) {
        return Math.max(0, Duration.between(now(), instant).toMillis());
    }

    private static Instant now() {
        return Instant.now();
    }
}
