package io.showreel.render.start;

import io.showreel.render.model.Model;
import io.showreel.render.take.Entry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/** The takes at the head of a queue that are made ready side by side. */
final class Preparations implements AutoCloseable {

    private final Map<UUID, Running> running = new LinkedHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Preparation preparation;
    private final Runnable whenEnded;

    private record Running(Model model, Future<Prepared> future) {}

    /** @param whenEnded runs as soon as there is something to be had from {@link #of} */
    Preparations(Preparation preparation, Runnable whenEnded) {
        this.preparation = preparation;
        this.whenEnded = whenEnded;
    }

    /**
     * Prepares these, each for its model, and forgets all others. While nothing is being prepared the first one has a
     * head start, until the next look: it is what the provider waits for.
     */
    void focus(Map<Entry, Model> wanted) {
        var models = wanted.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().takeId(), Map.Entry::getValue));
        running.entrySet().removeIf(entry -> {
            var isStale = !entry.getValue().model().equals(models.get(entry.getKey()));
            if (isStale) {
                entry.getValue().future().cancel(true);
            }
            return isStale;
        });
        wanted.entrySet().stream()
                .limit(running.isEmpty() ? 1 : wanted.size())
                .forEach(take -> running.computeIfAbsent(
                        take.getKey().takeId(),
                        id -> new Running(take.getValue(), begin(take.getKey(), take.getValue()))));
    }

    private Future<Prepared> begin(Entry entry, Model model) {
        var task = new FutureTask<>(() -> preparation.prepare(entry, model)) {
            @Override
            protected void done() {
                whenEnded.run();
            }
        };
        threads.execute(task);
        return task;
    }

    /** What came of it; empty while it is being prepared. */
    Optional<Prepared> of(UUID takeId) {
        var preparing = running.get(takeId);
        if (preparing == null) {
            return Optional.empty();
        }
        var future = preparing.future();
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
