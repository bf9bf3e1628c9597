package io.showreel.sandbox.prediction;

import io.showreel.sandbox.journal.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** All predictions, newest last; every change is in the journal before anybody can see it. */
public final class Predictions {
    private final Journal<Fact> journal;
    private final Map<String, Entry> byId = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, String> inOrder = new ConcurrentSkipListMap<>();
    private final AtomicLong sequence = new AtomicLong();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    /** Is told of every change after it was recorded. */
    @FunctionalInterface
    public interface Watcher {
        void changed(Prediction before, Prediction after);
    }

    private record Entry(Prediction prediction, CompletableFuture<Void> end) {}

    public Predictions(Journal<Fact> journal) {
        this.journal = journal;
        journal.replay(this::remember);
        journal.rewrite(oldestFirst().map(prediction -> new Fact.Restored(prediction.id(), prediction)));
    }

    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    public Prediction create(Fact.Created created) {
        journal.append(created);
        journal.settle();
        remember(created);
        return Prediction.of(created);
    }

    /** Records a fact of a known prediction, and says what the prediction is now. */
    public Optional<Prediction> record(Fact fact) {
        var before = new ArrayList<Prediction>(1);
        var entry = byId.computeIfPresent(fact.id(), (id, known) -> {
            var after = Prediction.evolve(known.prediction(), fact);
            if (after == known.prediction()) {
                return known;
            }
            journal.append(fact);
            before.add(known.prediction());
            return new Entry(after, known.end());
        });
        if (entry == null) {
            return Optional.empty();
        }
        if (!before.isEmpty()) {
            journal.settle();
            settleEnd(entry);
            watchers.forEach(watcher -> watcher.changed(before.getFirst(), entry.prediction()));
        }
        return Optional.of(entry.prediction());
    }

    public Optional<Prediction> find(String id) {
        return Optional.ofNullable(byId.get(id)).map(Entry::prediction);
    }

    /** Waits for a prediction's end, but not longer than the patience. */
    public void awaitEnd(String id, Duration patience) throws InterruptedException {
        var entry = byId.get(id);
        if (entry == null) {
            return;
        }
        try {
            entry.end().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The caller shows it unfinished.
        } catch (ExecutionException e) {
            throw new AssertionError("an end does not fail", e);
        }
    }

    public Stream<Prediction> oldestFirst() {
        return inOrder.values().stream().flatMap(id -> find(id).stream());
    }

    public Stream<Prediction> newestFirst() {
        return inOrder.descendingMap().values().stream().flatMap(id -> find(id).stream());
    }

    public void clear() {
        byId.clear();
        inOrder.clear();
        journal.clear();
    }

    private void remember(Fact fact) {
        switch (fact) {
            case Fact.Created created -> add(Prediction.of(created));
            case Fact.Restored restored -> add(restored.prediction());
            default -> {
                var entry = byId.computeIfPresent(
                        fact.id(), (id, known) -> new Entry(Prediction.evolve(known.prediction(), fact), known.end()));
                if (entry != null) {
                    settleEnd(entry);
                }
            }
        }
    }

    private void add(Prediction prediction) {
        var entry = new Entry(prediction, new CompletableFuture<>());
        settleEnd(entry);
        byId.put(prediction.id(), entry);
        inOrder.put(sequence.incrementAndGet(), prediction.id());
    }

    private static void settleEnd(Entry entry) {
        if (entry.prediction().status().isTerminal()) {
            entry.end().complete(null);
        }
    }
}
