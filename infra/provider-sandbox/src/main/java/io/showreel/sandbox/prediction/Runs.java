package io.showreel.sandbox.prediction;

import io.showreel.sandbox.fault.EndRun;
import io.showreel.sandbox.fault.ExpireOutput;
import io.showreel.sandbox.fault.FailRun;
import io.showreel.sandbox.fault.Failure;
import io.showreel.sandbox.fault.StallRun;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
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
    private final int startsAtOnce;
    private final Timing timing;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sandbox-clock").factory());
    private final Map<String, Thread> running = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param startsAtOnce of one account; further ones meet E6716. 0: no limit */
    public Runs(Predictions predictions, Maker maker, Shelf shelf, int startsAtOnce, Timing timing) {
        this.predictions = predictions;
        this.maker = maker;
        this.shelf = shelf;
        this.startsAtOnce = startsAtOnce;
        this.timing = timing;
        predictions.watch(this::interruptEnded);
        predictions.watch(this::expireWhenDone);
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
        predictions
                .oldestFirst()
                .filter(prediction -> prediction.status() == Status.SUCCEEDED && !prediction.dataRemoved())
                .forEach(this::expireEarly);
    }

    /** Starts a new prediction, unless it is one too many at once. */
    public void launch(Prediction prediction) {
        boolean crowded = startsAtOnce > 0 && startingUpTo(prediction) > startsAtOnce;
        carry(prediction, crowded ? Optional.of(Failure.E6716.text()) : Optional.empty());
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
        return predictions.record(beginning(created, failure)).orElse(created);
    }

    private static Fact beginning(Prediction created, Optional<String> failure) throws InterruptedException {
        var id = created.id();
        var fate = created.fate().run();
        if (fate instanceof StallRun stall && stall.in() == StallRun.In.STARTING) {
            pauseForever();
        }
        if (fate instanceof EndRun end && end.as() == EndRun.As.ABORTED) {
            return new Fact.DeadlineReached(id, now());
        }
        if (fate instanceof FailRun failing && !failing.running()) {
            return new Fact.Failed(id, now(), failing.text());
        }
        return failure.<Fact>map(error -> new Fact.Failed(id, now(), error))
                .orElseGet(() -> new Fact.Started(id, now()));
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
            predictions.record(outcome(started, since.plus(timing.latency(RandomGenerator.getDefault()))));
        } catch (Maker.MakingFailed e) {
            fail(started, String.valueOf(e.getMessage()));
        } finally {
            limit.cancel(false);
        }
    }

    private Fact outcome(Prediction started, Instant until) throws Maker.MakingFailed, InterruptedException {
        var fate = started.fate().run();
        if (fate instanceof StallRun) {
            pauseForever();
        }
        if (fate instanceof FailRun failing) {
            pauseUntil(until);
            return new Fact.Failed(started.id(), now(), failing.text());
        }
        if (fate instanceof EndRun) {
            pauseUntil(until);
            return new Fact.CancelRequested(started.id(), now());
        }
        var made = maker.make(started);
        pauseUntil(until);
        return new Fact.Succeeded(started.id(), now(), shelf.put(made));
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
                .forEach(this::removeData);
    }

    private void expireWhenDone(Prediction before, Prediction after) {
        if (after.status() == Status.SUCCEEDED && before.status() != Status.SUCCEEDED) {
            expireEarly(after);
        }
    }

    /** Takes the data away before its hour is over, if that is the prediction's fate. */
    private void expireEarly(Prediction succeeded) {
        var completed = succeeded.completedAt();
        if (completed != null && succeeded.fate().output() instanceof ExpireOutput expiring) {
            clock.schedule(
                    () -> removeData(succeeded),
                    millisecondsUntil(completed.plus(expiring.pause())),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void removeData(Prediction prediction) {
        if (prediction.output() != null) {
            shelf.remove(prediction.output());
        }
        predictions.record(new Fact.DataRemoved(prediction.id(), now()));
    }

    private static void pauseForever() throws InterruptedException {
        new CountDownLatch(1).await();
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
