package io.showreel.system.benchmark;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Clients that watch jobs, by streams and by requests that wait, and note when they first see a change. A change is known
 * by its number, which travels as the place in the queue and rises; whoever sees a later one has been told of the earlier.
 */
final class Watchers implements AutoCloseable {

    private static final Pattern CHANGE = Pattern.compile("\"queue_position\":(\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .build();
    private final URI gateway;
    private final int streams;
    private final int waiting;
    private final Map<Long, List<Watcher>> watchers = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean closing;

    Watchers(URI gateway, int streams, int waiting) {
        this.gateway = gateway;
        this.streams = streams;
        this.waiting = waiting;
    }

    /** @param missing sightings that did not happen */
    record Seen(List<Duration> byStreams, List<Duration> byWaiting, int missing) {}

    private static final class Watcher {

        private final boolean stream;
        /** When each change was made, by its number; those not seen yet. */
        private final Map<Integer, Long> expected = new ConcurrentHashMap<>();

        private final List<Duration> seen = Collections.synchronizedList(new ArrayList<>());

        Watcher(boolean stream) {
            this.stream = stream;
        }

        void sees(String text) {
            long now = System.nanoTime();
            var match = CHANGE.matcher(text);
            if (match.find()) {
                int reached = Integer.parseInt(match.group(1));
                expected.forEach((change, made) -> {
                    if (change <= reached && expected.remove(change) != null) {
                        seen.add(Duration.ofNanos(now - made));
                    }
                });
            }
        }
    }

    private final Map<Long, AtomicInteger> changes = new ConcurrentHashMap<>();

    void watch(long job) {
        var all = new CopyOnWriteArrayList<Watcher>();
        watchers.put(job, all);
        for (int n = 0; n < streams; n++) {
            var watcher = new Watcher(true);
            all.add(watcher);
            threads.execute(() -> stream(job, watcher));
        }
        for (int n = 0; n < waiting; n++) {
            var watcher = new Watcher(false);
            all.add(watcher);
            threads.execute(() -> poll(job, watcher));
        }
    }

    private void stream(long job, Watcher watcher) {
        var request = HttpRequest.newBuilder(gateway.resolve("/api/v3/jobs/" + job + "/events"))
                .header("Accept", "text/event-stream")
                .build();
        try (var lines = http.send(request, BodyHandlers.ofLines()).body()) {
            open.incrementAndGet();
            lines.forEach(watcher::sees);
        } catch (IOException | InterruptedException | RuntimeException e) {
            ended(job, e);
        }
    }

    private void poll(long job, Watcher watcher) {
        var etag = "\"none\"";
        try {
            for (boolean first = true; !closing; first = false) {
                var answer = http.send(
                        HttpRequest.newBuilder(gateway.resolve("/api/v3/jobs/" + job))
                                .header("If-None-Match", etag)
                                .header("Prefer", "wait=30")
                                .build(),
                        BodyHandlers.ofString());
                if (first) {
                    open.incrementAndGet();
                }
                etag = answer.headers().firstValue("ETag").orElse(etag);
                watcher.sees(answer.body());
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            ended(job, e);
        }
    }

    private void ended(long job, Exception trouble) {
        if (!closing) {
            System.out.println("A watcher of job " + job + " is gone: " + trouble);
        }
    }

    void awaitOpen() {
        int all = watchers.size() * (streams + waiting);
        await("watchers").atMost(PATIENCE).until(() -> open.get() == all);
    }

    /** Starts to measure the next change of a job, and says its number. */
    int expectNext(long job) {
        int change = changes.computeIfAbsent(job, id -> new AtomicInteger()).incrementAndGet();
        long now = System.nanoTime();
        watchers.get(job).forEach(watcher -> watcher.expected.put(change, now));
        return change;
    }

    void forget() {
        all().forEach(watcher -> {
            watcher.expected.clear();
            watcher.seen.clear();
        });
    }

    /** Returns when all was seen, or the time is over. */
    void awaitAll(Duration atMost) throws InterruptedException {
        var end = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < end && all().stream().anyMatch(watcher -> !watcher.expected.isEmpty())) {
            Thread.sleep(50);
        }
    }

    Seen seen() {
        var byStreams = new ArrayList<Duration>();
        var byWaiting = new ArrayList<Duration>();
        all().forEach(watcher -> (watcher.stream ? byStreams : byWaiting).addAll(watcher.seen));
        return new Seen(
                byStreams,
                byWaiting,
                all().stream().mapToInt(watcher -> watcher.expected.size()).sum());
    }

    private List<Watcher> all() {
        return watchers.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public void close() {
        closing = true;
        http.shutdownNow();
        threads.shutdownNow();
    }
}
