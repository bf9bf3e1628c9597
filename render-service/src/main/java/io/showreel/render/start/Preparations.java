package io.showreel.render.start;

import io.showreel.render.model.Model;
import io.showreel.render.take.Entry;
import java.util.LinkedHashMap;
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

    private final Map<UUID, Running> running = new LinkedHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Preparation preparation;

    private record Running(Model model, Future<Prepared> future) {}

    Preparations(Preparation preparation) {
        this.preparation = preparation;
    }

    /** Prepares these, each for its model, and forgets all others. */
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
        wanted.forEach((entry, model) -> {
            Callable<Prepared> task = () -> preparation.prepare(entry, model);
            running.computeIfAbsent(entry.takeId(), id -> new Running(model, threads.submit(task)));
        });
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
