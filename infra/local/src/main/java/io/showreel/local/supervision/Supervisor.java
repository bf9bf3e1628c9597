package io.showreel.local.supervision;

import io.showreel.embedded.process.ChildProcess;
import io.showreel.embedded.process.Program;
import io.showreel.embedded.process.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Starts the parts, each as soon as those it needs answer, and starts a part that died again, as Kubernetes would.
 * Stopping ends them in the opposite order.
 */
public final class Supervisor implements AutoCloseable {

    private static final Duration TO_STOP = Duration.ofSeconds(15);
    private static final Duration FOR_EVER = Duration.ofDays(10_000);
    /** A part that never answered and dies so often will not come up by itself. */
    private static final int HOPELESS_DEATHS = 4;

    private final Path logs;
    private final PidFiles pidFiles;
    private final Backoff backoff;
    private final SupervisionLog log;
    private final Map<String, Keeper> keepers = new LinkedHashMap<>();
    private final CompletableFuture<Void> stopping = new CompletableFuture<>();

    public Supervisor(Path home, Backoff backoff, SupervisionLog log) {
        this.logs = home.resolve("logs");
        this.pidFiles = new PidFiles(home);
        this.backoff = backoff;
        this.log = log;
    }

    /** Starts the parts; a part stands after those it needs. */
    public void start(List<Part> parts) {
        for (var part : parts) {
            var needs = part.needs().stream().map(this::readiness).toArray(CompletableFuture[]::new);
            var keeper = new Keeper(part);
            keepers.put(part.name(), keeper);
            keeper.thread =
                    Thread.ofVirtual().name(part.name()).start(() -> keeper.keep(CompletableFuture.allOf(needs)));
        }
    }

    /** Waits until every part has answered; fails as soon as one is hopeless. */
    public void awaitReady(Duration patience) throws InterruptedException {
        var all = CompletableFuture.allOf(
                keepers.values().stream().map(keeper -> keeper.ready).toArray(CompletableFuture[]::new));
        var oneFailed = new CompletableFuture<Void>();
        keepers.values()
                .forEach(keeper -> keeper.ready.exceptionally(cause -> {
                    oneFailed.completeExceptionally(cause);
                    return null;
                }));
        try {
            CompletableFuture.anyOf(all, oneFailed).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StartFailure("Not ready after %d s: %s".formatted(patience.toSeconds(), waitedFor()));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StartFailure failure
                    ? failure
                    : new StartFailure(String.valueOf(e.getCause()));
        }
    }

    /** The parts that have not answered yet. */
    public List<String> waitedFor() {
        return keepers.values().stream()
                .filter(keeper -> !keeper.ready.isDone())
                .map(keeper -> keeper.part.name())
                .toList();
    }

    /** The process of the part at this moment. */
    public List<RunningPart> running() {
        var running = new ArrayList<RunningPart>();
        for (var keeper : keepers.values()) {
            var process = keeper.process;
            if (process != null && process.isAlive()) {
                running.add(new RunningPart(keeper.part.name(), process.pid()));
            }
        }
        return running;
    }

    /** A part and the process that it is at the moment. */
    public record RunningPart(String name, long pid) {}

    /** Ends all parts: those that nobody needs first. Repeating it does nothing. */
    @Override
    public synchronized void close() {
        if (!stopping.complete(null)) {
            return;
        }
        var left = new ArrayList<>(keepers.values());
        while (!left.isEmpty()) {
            var unneeded = left.stream()
                    .filter(keeper ->
                            left.stream().noneMatch(other -> other.part.needs().contains(keeper.part.name())))
                    .toList();
            var ends = unneeded.stream()
                    .map(keeper -> Thread.ofVirtual().start(keeper::end))
                    .toList();
            ends.forEach(Supervisor::join);
            left.removeAll(unneeded);
        }
    }

    private CompletableFuture<Void> readiness(String name) {
        var keeper = keepers.get(name);
        if (keeper == null) {
            throw new IllegalArgumentException(name + " must stand before those that need it");
        }
        return keeper.ready;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The life of one part, on a thread of its own. */
    private final class Keeper {

        private final Part part;
        private final CompletableFuture<Void> ready = new CompletableFuture<>();
        private volatile @Nullable ChildProcess process;
        private @Nullable Thread thread;

        private Keeper(Part part) {
            this.part = part;
        }

        private void keep(CompletableFuture<Void> needs) {
            try {
                CompletableFuture.anyOf(needs, stopping).join();
                var deaths = 0;
                while (!stopping.isDone()) {
                    var ran = runOnce();
                    if (stopping.isDone()) {
                        return;
                    }
                    deaths = backoff.forgives(ran) ? 1 : deaths + 1;
                    if (!ready.isDone() && deaths == HOPELESS_DEATHS) {
                        ready.completeExceptionally(
                                new StartFailure("%s died %d times before it answered. The end of its log, %s:%n%s"
                                        .formatted(part.name(), deaths, logFile(), LogTail.of(logFile()))));
                        return;
                    }
                    pause(backoff.after(deaths));
                }
            } catch (RuntimeException e) {
                log.failed(part, e);
                ready.completeExceptionally(
                        new StartFailure("%s cannot be started: %s".formatted(part.name(), e.getMessage())));
            }
        }

        /** Runs the process until it ends, and says how long that was. */
        private Duration runOnce() {
            var started = System.nanoTime();
            var program = part.server().prepare();
            var child = launch(program);
            if (child == null) {
                return Duration.ZERO;
            }
            pidFiles.write(part.name(), child.pid());
            var settled = Waiting.until(
                    FOR_EVER,
                    () -> !child.isAlive() || stopping.isDone() || part.server().isReady());
            if (settled && child.isAlive() && !stopping.isDone()) {
                if (!ready.isDone()) {
                    part.afterFirstReady().run();
                }
                log.ready(part, Duration.ofNanos(System.nanoTime() - started), !ready.isDone());
                ready.complete(null);
            }
            var code = child.exit().join();
            child.kill();
            pidFiles.remove(part.name());
            if (!stopping.isDone()) {
                log.died(part, code, logFile());
            }
            return Duration.ofNanos(System.nanoTime() - started);
        }

        /** Null when everything is being stopped: the lock keeps a child from being born behind our back. */
        private synchronized @Nullable ChildProcess launch(Program program) {
            if (stopping.isDone()) {
                return null;
            }
            var child = ChildProcess.start(program, logFile());
            process = child;
            return child;
        }

        private void end() {
            ChildProcess child;
            synchronized (this) {
                child = process;
            }
            if (child != null) {
                child.stop(TO_STOP);
            }
            if (thread != null) {
                join(thread);
            }
        }

        private void pause(Duration wait) {
            try {
                stopping.get(wait.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // The wait is over.
            } catch (InterruptedException | ExecutionException e) {
                Thread.currentThread().interrupt();
            }
        }

        private Path logFile() {
            return logs.resolve(part.name() + ".log");
        }
    }
}
