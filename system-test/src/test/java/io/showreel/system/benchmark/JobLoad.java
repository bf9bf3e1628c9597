package io.showreel.system.benchmark;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import tools.jackson.databind.json.JsonMapper;

/** Creates jobs over HTTP, at a given rate or so many at a time. */
final class JobLoad implements AutoCloseable {

    private static final String JOB = "{\"num_scenes\": %d, \"clip_duration\": 4, \"auto_approve\": true}";
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration BETWEEN_COUNTS = Duration.ofMillis(50);
    /** A gateway that stands still must not let the load pile up without end. */
    private static final int MOST_UNANSWERED = 2_000;

    private final JsonMapper json = new JsonMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final HttpRequest request;

    JobLoad(URI gateway, String campaign, int scenes) {
        this.request = HttpRequest.newBuilder(gateway.resolve("/api/v3/campaigns/" + campaign + "/create-job"))
                .timeout(REQUEST_TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Prefer", "respond-async")
                .POST(BodyPublishers.ofString(JOB.formatted(scenes)))
                .build();
    }

    /**
     * A job that was accepted.
     *
     * @param due when the request was to be sent: a client that lags behind must not make the answers look quick
     */
    record Accepted(long jobId, Instant due, Duration answered) {}

    /**
     * What came of a load.
     *
     * @param refusals why requests were not accepted
     */
    record Outcome(List<Accepted> accepted, List<String> refusals, Instant start, Instant end) {

        double seconds() {
            return Duration.between(start, end).toNanos() / 1e9;
        }
    }

    /** So many requests a second, whatever becomes of those before. */
    Outcome atRate(int perSecond, Duration length) throws InterruptedException {
        var round = new Round();
        var unanswered = new Semaphore(MOST_UNANSWERED);
        var total = perSecond * length.toSeconds();
        for (var n = 0; n < total; n++) {
            var due = round.start.plusNanos(n * 1_000_000_000L / perSecond);
            sleepUntil(due);
            unanswered.acquire();
            round.send(due, unanswered::release, unanswered::release);
        }
        return round.end();
    }

    /**
     * So many jobs under way at a time: created and not yet in the ledger.
     *
     * @param arrived how many of all created since the beginning are
     */
    Outcome atOnce(int jobs, Duration length, LongSupplier arrived) throws InterruptedException {
        var round = new Round();
        var free = new Semaphore(jobs);
        var end = round.start.plus(length);
        var over = new AtomicBoolean();
        var counting = Thread.ofVirtual().start(() -> {
            for (var known = 0L; !over.get(); ) {
                var now = arrived.getAsLong();
                free.release((int) (now - known));
                known = now;
                LockSupport.parkNanos(BETWEEN_COUNTS.toNanos());
            }
        });
        while (Instant.now().isBefore(end)) {
            if (free.tryAcquire(BETWEEN_COUNTS.toMillis(), TimeUnit.MILLISECONDS)) {
                round.send(Instant.now(), () -> {}, free::release);
            }
        }
        over.set(true);
        counting.join();
        return round.end();
    }

    private static void sleepUntil(Instant due) throws InterruptedException {
        var wait = Duration.between(Instant.now(), due);
        if (wait.isPositive()) {
            Thread.sleep(wait);
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private final class Round {

        private final Instant start = Instant.now();
        private final ConcurrentLinkedQueue<Accepted> accepted = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<String> refusals = new ConcurrentLinkedQueue<>();
        private final AtomicInteger sent = new AtomicInteger();
        private final Semaphore answered = new Semaphore(0);

        void send(Instant due, Runnable whenAccepted, Runnable whenRefused) {
            sent.incrementAndGet();
            http.sendAsync(request, BodyHandlers.ofByteArray()).whenComplete((answer, failure) -> {
                if (failure == null && answer.statusCode() == 202) {
                    accepted.add(new Accepted(jobId(answer), due, Duration.between(due, Instant.now())));
                    whenAccepted.run();
                } else {
                    refusals.add(failure != null ? failure.toString() : Integer.toString(answer.statusCode()));
                    whenRefused.run();
                }
                answered.release();
            });
        }

        private long jobId(HttpResponse<byte[]> answer) {
            return json.readTree(answer.body()).path("data").path("job_id").asLong();
        }

        Outcome end() throws InterruptedException {
            var end = Instant.now();
            answered.acquire(sent.get());
            return new Outcome(new ArrayList<>(accepted), new ArrayList<>(refusals), start, end);
        }
    }
}
