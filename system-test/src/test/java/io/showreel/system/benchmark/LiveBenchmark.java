package io.showreel.system.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A thousand streams and a thousand waiting requests on one gateway with a heap of 256 MB, while it and a second one take
 * in what the other services say. Measured from the moment a fact is handed to Kafka to the moment each watcher has read
 * of it, so the way through the broker, the job's transaction and the notification of the other replica are in it.
 */
@Tag("benchmark")
class LiveBenchmark {

    private static final int JOBS = 200;
    private static final int STREAMS_PER_JOB = 5;
    private static final int WAITING_PER_JOB = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration LOAD = Duration.ofSeconds(40);
    private static final List<Integer> RATES = List.of(10, 50);
    private static final Duration LAST = Duration.ofSeconds(10);

    private final List<String> report = new ArrayList<>();

    @Test
    void measure_how_soon_a_change_is_seen() throws IOException, InterruptedException {
        try (var gateways = TwoGateways.start("256m");
                var jobs = new RenderingJobs(gateways.first())) {
            var ids = jobs.create(JOBS);
            try (var watchers = new Watchers(gateways.second(), STREAMS_PER_JOB, WAITING_PER_JOB)) {
                ids.forEach(watchers::watch);
                watchers.awaitOpen();
                report.add("%d jobs, %d streams and %d waiting requests on one of two gateways with -Xmx256m, %d cores"
                        .formatted(
                                JOBS,
                                JOBS * STREAMS_PER_JOB,
                                JOBS * WAITING_PER_JOB,
                                Runtime.getRuntime().availableProcessors()));
                report.add("");
                report.add("| changes a second | load average before | changes | seen by streams p50 / p99 / max ms | "
                        + "by waiting requests p50 / p99 / max ms | never seen |");
                report.add("|---|---|---|---|---|---|");
                load(jobs, watchers, ids, 10, WARM_UP);
                report.removeLast();
                for (var rate : RATES) {
                    load(jobs, watchers, ids, rate, LOAD);
                }
                report.add("");
                report.add("Resident memory of the watched gateway: " + gateways.residentOfSecond() + " MB");
            }
        } finally {
            report.forEach(System.out::println);
        }
    }

    private void load(RenderingJobs jobs, Watchers watchers, List<Long> ids, int perSecond, Duration length)
            throws InterruptedException {
        var average = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        watchers.forget();
        var start = System.nanoTime();
        long total = perSecond * length.toSeconds();
        for (long n = 0; n < total; n++) {
            LockSupport.parkNanos(start + n * TimeUnit.SECONDS.toNanos(1) / perSecond - System.nanoTime());
            long job = ids.get((int) (n % ids.size()));
            var change = watchers.expectNext(job);
            jobs.change(job, change);
        }
        watchers.awaitAll(LAST);
        var seen = watchers.seen();
        report.add(String.format(
                Locale.ROOT,
                "| %d | %.1f | %d | %s | %s | %d |",
                perSecond,
                average,
                total,
                new Times(seen.byStreams()).summary(),
                new Times(seen.byWaiting()).summary(),
                seen.missing()));
        assertThat(seen.missing()).as("changes that somebody never saw").isZero();
    }
}
