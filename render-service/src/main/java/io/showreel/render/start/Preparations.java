package io.showreel.render.start;

import io.showreel.render.take.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** The takes at the head of a queue that are made ready side by side. */
final class Preparations implements AutoCloseable {

    private final Map<UUID, Future<Prepared>> running = new LinkedHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Preparation preparation;

    Preparations(Preparation preparation) {
        this.preparation = preparation;
    }

    /** Prepares these and forgets all others. */
    void focus(List<Entry> entries) {
        var wanted = entries.stream().map(Entry::takeId).collect(Collectors.toSet());
        running.entrySet().removeIf(entry -> {
            var stale = !wanted.contains(entry.getKey());
            if (stale) {
                entry.getValue().cancel(true);
            }
            return stale;
        });
        for (var entry : entries) {
            Callable<Prepared> task = () -> preparation.prepare(entry);
            running.computeIfAbsent(entry.takeId(), id -> threads.submit(task));
        }
    }

    /** What came of it; empty while it is being prepared. */
    Optional<Prepared> of(UUID takeId) {
        var future = running.get(takeId);
        if (future == null) {
            return Optional.empty();
        }
        return switch (future.state()) {
            case RUNNING -> Optional.empty();
            case SUCCESS -> Optional.of(future.resultNow());
            case FAILED -> Optional.of(new Prepared.NotNow(future.exceptionNow().toString()));
            case CANCELLED -> Optional.of(new Prepared.NotNow("canceled"));
        };
    }

    void forget(UUID takeId) {
        running.remove(takeId);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
