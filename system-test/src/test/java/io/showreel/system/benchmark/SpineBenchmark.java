package io.showreel.system.benchmark;

import io.showreel.contracts.Topics;
import io.showreel.system.platform.Api;
import io.showreel.system.platform.RunningShowreel;
import io.showreel.system.platform.Tuning;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures the spine with each part a process of its own, durable database and broker included: from a job's creation
 * to the rows of its takes in the ledger, message by message, and polls that find nothing new. All that a job needs is
 * on its path but the paid rendering, whose pace the provider dictates: takes are started at the usual pace while the
 * load runs. What works on pixels is off: looking at photos, and cutting.
 */
@Tag("benchmark")
class SpineBenchmark {

    private static final int SCENES = 4;
    private static final int PHOTOS = Integer.getInteger("benchmark.photos", 24);
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("benchmark.warm-up", 600));
    /**
     * So few at a time that cold services don't fall into arrears, and that the JVMs' compilers, at it for minutes, have
     * a part of the cores.
     */
    private static final int WARM_UP_AT_ONCE = Integer.getInteger("benchmark.warm-up.at-once", 2);

    private static final int AT_ONCE = Integer.getInteger("benchmark.at-once", 100);
    private static final int PER_SECOND = Integer.getInteger("benchmark.rate", 100);
    private static final Duration LOAD = Duration.ofSeconds(30);
    private static final int CALM = 10;
    private static final Duration CALM_LOAD = Duration.ofSeconds(60);
    private static final int LAPS = 5;
    private static final Duration LAP = Duration.ofSeconds(4);
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "SANDBOX_INSTANT", "true",
            "STITCH_ENABLED", "false",
            "SELECTION_LOOK", "false",
            "REPLICATE_START_DELAY_MS", "1000",
            "REPLICATE_MAX_CONCURRENCY", "4");

    private final List<String> report = new ArrayList<>();

    private RunningShowreel showreel;
    private Databases databases;

    @Test
    void measure_the_spine() throws IOException, InterruptedException {
        try (var running = RunningShowreel.startToMeasure(new Tuning(ENVIRONMENT, Databases.OPTIONS));
                var opened = new Databases(running.port("postgres"))) {
            showreel = running;
            databases = opened;
            var campaign = campaign();
            new Photos(running.gateway()).upload(campaign, PHOTOS);
            try (var load = new JobLoad(running.gateway(), campaign, SCENES)) {
                say("%d cores, %d photos in the campaign, %d scenes a job", cores(), PHOTOS, SCENES);
                say("");
                say("| load | load average before | jobs/s into the ledger | creation p50 / p99 / max ms "
                        + "| end to end p50 / p99 / max ms | jobs, ledger rows | lost, refused |");
                say("|---|---|---|---|---|---|---|");
                var cpu = new ArrayList<String>();
                atOnce(load, WARM_UP_AT_ONCE, WARM_UP, cpu);
                var hops = calm(load, cpu);
                atOnce(load, AT_ONCE, LOAD, cpu);
                atRate(load, PER_SECOND, LOAD, cpu);
                say("");
                say("CPU in per cent of one core:");
                report.addAll(cpu);
                say("");
                report.addAll(hops);
            }
            polls();
        } finally {
            report.forEach(System.out::println);
        }
    }

    private String campaign() {
        var api = new Api(showreel.gateway());
        var client = api.post("/api/v3/clients", "{\"name\": \"Benchmark\"}")
                .path("data")
                .path("id")
                .asString();
        return api.post(
                        "/api/v3/campaigns",
                        "{\"client_id\": \"%s\", \"name\": \"Benchmark\", \"brief\": \"Calm\"}".formatted(client))
                .path("data")
                .path("id")
                .asString();
    }

    /** Before the cores are full: a message then waits for nobody's work but its own. */
    private List<String> calm(JobLoad load, List<String> cpu) throws InterruptedException {
        try (var hops = Hops.follow(showreel, databases)) {
            atRate(load, CALM, CALM_LOAD, cpu);
            return table(hops);
        }
    }

    private void atOnce(JobLoad load, int jobs, Duration length, List<String> cpu) throws InterruptedException {
        measure(
                jobs + " under way for " + length.toSeconds() + " s",
                last -> load.atOnce(jobs, length, () -> databases.inLedger(last)),
                cpu);
    }

    private void atRate(JobLoad load, int perSecond, Duration length, List<String> cpu) throws InterruptedException {
        measure(perSecond + " a second for " + length.toSeconds() + " s", last -> load.atRate(perSecond, length), cpu);
    }

    private interface Load {

        JobLoad.Outcome after(long lastJob) throws InterruptedException;
    }

    private void measure(String name, Load load, List<String> cpu) throws InterruptedException {
        var average = loadAverage();
        var last = databases.lastJob();
        var meter = CpuMeter.start(showreel.parts());
        var outcome = load.after(last);
        cpu.add("- " + name + ": " + meter.shares());
        tell(name, average, last, outcome);
    }

    private void tell(String name, String average, long last, JobLoad.Outcome outcome) {
        var created = outcome.accepted().size();
        databases.awaitInLedger(last, created);
        var commits = databases.ledgerCommits(last);
        var takes = databases.takes(last, SCENES);
        var endToEnd = outcome.accepted().stream()
                .filter(job -> commits.containsKey(job.jobId()))
                .map(job -> Duration.between(job.due(), commits.get(job.jobId())))
                .toList();
        var within = commits.values().stream()
                .filter(commit -> !commit.isAfter(outcome.end()))
                .count();
        say(
                "| %s | %s | %.0f | %s | %s | %d, %d | %d, %d |",
                name,
                average,
                within / outcome.seconds(),
                new Times(outcome.accepted().stream()
                                .map(JobLoad.Accepted::answered)
                                .toList())
                        .summary(),
                new Times(endToEnd).summary(),
                created,
                takes.rows(),
                created - endToEnd.size() + takes.incomplete(),
                outcome.refusals().size());
        outcome.refusals().stream().distinct().limit(3).forEach(System.out::println);
    }

    private static List<String> table(Hops hops) {
        var commits = "writer's commit to reader's commit";
        return List.of(
                "| message, at %d jobs/s | measured | messages | p50 / p99 / max ms |".formatted(CALM),
                "|---|---|---|---|",
                hop(
                        "gateway to render, `scene.requests`",
                        commits,
                        hops.between("gateway", Topics.SCENE_REQUESTS, "render")),
                hop(
                        "gateway to stitch, `scene.requests`",
                        commits,
                        hops.between("gateway", Topics.SCENE_REQUESTS, "stitch")),
                hop(
                        "render to gateway, `scene.events`",
                        commits,
                        hops.between("render", Topics.SCENE_EVENTS, "gateway")),
                hop("render to stitch, `scene.events`", commits, hops.between("render", Topics.SCENE_EVENTS, "stitch")),
                hop(
                        "gateway to selection, `job.commands`",
                        "writer's commit to the model being asked",
                        hops.toTheModel()),
                hop(
                        "selection to gateway, `storyboard.events`",
                        "storyboard made to reader's commit",
                        hops.fromSelection()));
    }

    private static String hop(String name, String measured, Times times) {
        return "| %s | %s | %d | %s |".formatted(name, measured, times.count(), times.summary());
    }

    private void polls() throws IOException, InterruptedException {
        var missing = PollRace.missing();
        say("");
        if (!missing.isEmpty()) {
            say("Polls are not raced against nginx, for lack of %s.", String.join(" and ", missing));
            return;
        }
        databases.pauseRendering();
        var job = showreel.gateway().resolve("/api/v3/jobs/" + databases.lastJob());
        try (var race = PollRace.prepare(showreel.home(), job)) {
            race.lap(LAP);
            say(
                    "Polls answered 304, wrk -t1 -c32, after a lap of warm-up; the job's page has %d bytes",
                    race.pageBytes());
            say("");
            say("| lap | load average before | gateway/s | nginx/s, one worker | ratio |");
            say("|---|---|---|---|---|");
            for (var n = 1; n <= LAPS; n++) {
                var average = loadAverage();
                var lap = race.lap(LAP);
                say("| %d | %s | %.0f | %.0f | %.2f |", n, average, lap.gateway(), lap.nginx(), lap.ratio());
            }
        }
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static String loadAverage() {
        return String.format(
                Locale.ROOT,
                "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private void say(String line, Object... values) {
        report.add(values.length == 0 ? line : String.format(Locale.ROOT, line, values));
    }
}
