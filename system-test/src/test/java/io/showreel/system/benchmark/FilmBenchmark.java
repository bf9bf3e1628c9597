package io.showreel.system.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.system.platform.Api;
import io.showreel.system.platform.RunningShowreel;
import io.showreel.system.platform.Tuning;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whole films, small ones (16 s of 640x360, encoded anew from smaller clips), for many jobs at once, each polled each second until its end. {@code -Dbenchmark.films=50}
 * says how many; by default 50, and then 200.
 */
@Tag("benchmark")
class FilmBenchmark {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "REPLICATE_START_DELAY_MS", "100",
            "REPLICATE_MAX_CONCURRENCY", "8",
            "SANDBOX_INSTANT", "true",
            "STITCH_SHORTSIDE", "360");
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Set<String> ENDS = Set.of("completed", "failed", "canceled");

    private final JsonMapper json = new JsonMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final List<String> report = new ArrayList<>();
    private final List<String> use = new ArrayList<>();

    private record Watched(String end, List<Duration> polls) {}

    @Test
    void measure_films_at_once() throws Exception {
        try (var showreel = RunningShowreel.startToMeasure(new Tuning(ENVIRONMENT, Map.of()))) {
            var api = new Api(showreel.gateway());
            var client = api.post("/api/v3/clients", "{\"name\": \"Benchmark\"}")
                    .path("data")
                    .path("id")
                    .asString();
            var campaign = api.post(
                            "/api/v3/campaigns",
                            "{\"client_id\": \"%s\", \"name\": \"Benchmark\", \"brief\": \"Calm\"}".formatted(client))
                    .path("data")
                    .path("id")
                    .asString();
            new Photos(showreel.gateway()).upload(campaign, 24);
            report.add(
                    "| jobs at once | load average before | completed | minutes | films a minute | polls, p50 / p99 /"
                            + " max ms |");
            report.add("|---|---|---|---|---|---|");
            for (var count : System.getProperty("benchmark.films", "50,200").split(",")) {
                films(showreel, campaign, Integer.parseInt(count));
            }
        } finally {
            report.forEach(System.out::println);
            System.out.println("| jobs at once | FFmpeg's processes included | each part |");
            System.out.println("|---|---|---|");
            use.forEach(System.out::println);
        }
    }

    private void films(RunningShowreel showreel, String campaign, int count) throws Exception {
        var average = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        var start = System.nanoTime();
        var cpu = cpu(showreel);
        var memory = new ConcurrentSkipListMap<String, Long>();
        var watched = new ConcurrentLinkedQueue<Watched>();
        try (var sampler = Executors.newSingleThreadScheduledExecutor();
                var load = new JobLoad(showreel.gateway(), campaign, 4);
                var watchers = Executors.newVirtualThreadPerTaskExecutor()) {
            sampler.scheduleWithFixedDelay(
                    () -> of(showreel, Consumption::memory)
                            .forEach((part, held) -> memory.merge(part, held, Math::max)),
                    0,
                    1,
                    TimeUnit.SECONDS);
            var created = load.atRate(count, Duration.ofSeconds(1));
            assertThat(created.accepted()).hasSize(count);
            for (var job : created.accepted()) {
                watchers.submit(() -> watched.add(watch(showreel.gateway(), job.jobId())));
            }
        }
        var minutes = (System.nanoTime() - start) / 60e9;
        var completed =
                watched.stream().filter(job -> job.end().equals("completed")).count();
        report.add("| %d | %.1f | %d | %.1f | %.1f | %s |"
                .formatted(
                        count,
                        average,
                        completed,
                        minutes,
                        completed / minutes,
                        new Times(watched.stream()
                                        .flatMap(job -> job.polls().stream())
                                        .toList())
                                .summary()));
        use.add("| %d | processor s a film | %s |"
                .formatted(
                        count,
                        joined(
                                cpu(showreel),
                                (part, used) -> String.format(
                                        Locale.ROOT,
                                        "%.2f",
                                        used.minus(cpu.getOrDefault(part, Duration.ZERO))
                                                        .toMillis()
                                                / 1000.0
                                                / count))));
        use.add("| %d | MB at most | %s |".formatted(count, joined(memory, (part, held) -> held.toString())));
        assertThat(completed).isEqualTo(count);
    }

    /** Polls as a browser does: each second, with the tag of the last answer. */
    private Watched watch(URI gateway, long job) throws IOException, InterruptedException {
        var polls = new ArrayList<Duration>();
        var until = System.nanoTime() + PATIENCE.toNanos();
        var tag = "";
        var status = "";
        while (!ENDS.contains(status) && System.nanoTime() < until) {
            var request = HttpRequest.newBuilder(gateway.resolve("/api/v3/jobs/" + job))
                    .header("If-None-Match", tag.isEmpty() ? "none" : tag)
                    .timeout(Duration.ofSeconds(30))
                    .build();
            var sent = System.nanoTime();
            var answer = http.send(request, BodyHandlers.ofString());
            polls.add(Duration.ofNanos(System.nanoTime() - sent));
            if (answer.statusCode() == 200) {
                status = json.readTree(answer.body()).path("status").asString();
                tag = answer.headers().firstValue("ETag").orElse("");
            }
            Thread.sleep(Duration.ofSeconds(1));
        }
        return new Watched(status, polls);
    }

    private static <T> String joined(Map<String, T> figures, BiFunction<String, T, String> text) {
        return figures.entrySet().stream()
                .map(figure -> figure.getKey() + " " + text.apply(figure.getKey(), figure.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static Map<String, Duration> cpu(RunningShowreel showreel) {
        return of(showreel, Consumption::cpu);
    }

    private static <T> Map<String, T> of(RunningShowreel showreel, Function<ProcessHandle, T> figure) {
        var figures = new TreeMap<String, T>();
        showreel.parts().forEach(part -> ProcessHandle.of(part.pid())
                .ifPresent(process -> figures.put(part.name(), figure.apply(process))));
        return figures;
    }
}
