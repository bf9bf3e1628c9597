package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.observability.tracing.Spans;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Several pieces of blocking work at once, in the caller's name; how many FFmpegs run at once is FFmpeg's own matter. */
final class Parallel {

    private Parallel() {}

    interface Work<A, B> {
        B on(A item) throws IOException, InterruptedException;
    }

    /** The results in the order of the items. The first failure ends what still runs, and is thrown. */
    static <A, B> List<B> map(List<A> items, Work<A, B> work) throws IOException, InterruptedException {
        return all(items.stream().<Callable<B>>map(item -> () -> work.on(item)).toList());
    }

    static <B> List<B> all(List<Callable<B>> work) throws IOException, InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = work.stream()
                    .map(each -> threads.submit(Spans.carrying(each)))
                    .toList();
            try {
                var results = new ArrayList<B>();
                for (var each : running) {
                    results.add(each.get());
                }
                return results;
            } catch (ExecutionException e) {
                throw unwrapped(e);
            } finally {
                running.forEach(each -> each.cancel(true));
            }
        }
    }

    private static RuntimeException unwrapped(ExecutionException failure) throws IOException, InterruptedException {
        return switch (failure.getCause()) {
            case IOException e -> throw e;
            case InterruptedException e -> throw e;
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null -> new IllegalStateException(failure);
            default -> new IllegalStateException(failure.getCause());
        };
    }
}
