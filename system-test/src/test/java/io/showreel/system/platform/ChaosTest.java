package io.showreel.system.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.embedded.process.Ports;
import io.showreel.system.benchmark.Photos;
import io.showreel.system.conformance.ProviderDocument;
import io.showreel.system.conformance.RecordingProxy;
import io.showreel.system.platform.ChaosSchedule.Blow;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Ten jobs under a seeded schedule in which every process is killed, the database stands still for half a minute and the
 * provider fails in every other way, while one is canceled and one edited: none is lost, nothing is paid twice, what was
 * paid is kept, nothing is left over, and all end. Two schedules in each run, and all of them at night;
 * {@code -Dchaos.seed=} repeats one.
 */
class ChaosTest {

    private static final int SCHEDULES = 20;
    private static final int IN_EACH_RUN = 2;
    private static final int JOBS = ChaosSchedule.JOBS;
    private static final int SCENES = 4;
    private static final int PHOTOS = 24;
    private static final Duration TO_ACCEPT = Duration.ofSeconds(25);
    /** Not what it takes, but what a machine may need that does much else besides. */
    private static final Duration TO_END = Duration.ofMinutes(12);

    private static final Set<String> ENDS = Set.of("completed", "failed", "canceled");
    /** Schedules that passed, so that an interrupted night goes on where it ended; gone with the next clean build. */
    private static final Path PASSED = Path.of("target", "chaos-passed.txt");

    private static final List<String> TABLE = new ArrayList<>();

    private static RunningShowreel showreel;
    private static Api gateway;
    private static Api render;
    private static Api sandbox;
    private static RecordingProxy proxy;
    private static String campaign;
    /** Of all schedules: the store and the provider's ledger are theirs together. */
    private static final Map<Long, JsonNode> ended = new HashMap<>();

    private static final Set<Long> canceled = new HashSet<>();

    @BeforeAll
    static void start_everything() throws Exception {
        int port = Ports.free();
        showreel = RunningShowreel.start(
                settings -> new Tuning(
                        Map.of(
                                "REPLICATE_BASE_URL",
                                "http://localhost:" + port + "/v1",
                                "PUBLIC_BASE_URL",
                                "http://localhost:" + settings.port("gateway"),
                                "SANDBOX_STARTS_AT_ONCE",
                                "0",
                                // A request of a killed sender may arrive late at a sandbox that has no CPU.
                                "SHOWREEL_FOLLOW_SWEEPEVERY",
                                "4s",
                                "SHOWREEL_TAKES_RESUBMISSIONDELAYFACTOR",
                                "0.1",
                                "SHOWREEL_ACCOUNT_PROBEEVERY",
                                "3s",
                                "SHOWREEL_ACCOUNT_SLOWFOR",
                                "5s",
                                "SHOWREEL_FOLLOW_DOWNLOADEVERY",
                                "2s"),
                        Map.of()),
                1,
                part -> true);
        gateway = new Api(showreel.gateway(), TO_END);
        sandbox = new Api(showreel.sandbox());
        proxy = new RecordingProxy(port, showreel.sandbox());
        render = new Api(URI.create("http://localhost:" + showreel.port("render")));
        var client = gateway.post("/api/v3/clients", "{\"name\": \"Chaos\"}")
                .at("/data/id")
                .asString();
        campaign = gateway.post(
                        "/api/v3/campaigns",
                        "{\"client_id\": \"%s\", \"name\": \"Chaos\", \"brief\": \"Calm\"}".formatted(client))
                .at("/data/id")
                .asString();
        new Photos(showreel.gateway()).upload(campaign, PHOTOS);
    }

    @AfterAll
    static void stop_everything() throws IOException {
        System.out.println(
                "| schedule | blows | provider faults | jobs: completed, failed, canceled | takes | predictions, succeeded,"
                        + " resubmissions | s |");
        System.out.println("|---|---|---|---|---|---|---|");
        TABLE.forEach(System.out::println);
        if (showreel != null) {
            showreel.close();
        }
        if (proxy != null) {
            proxy.close();
        }
    }

    @Test
    void two_schedules_lose_nothing_and_pay_nothing_twice() throws Exception {
        var one = Long.getLong("chaos.seed");
        if (one != null) {
            survive(ChaosSchedule.of(one));
            return;
        }
        for (long seed = 1; seed <= IN_EACH_RUN; seed++) {
            survive(ChaosSchedule.of(seed));
        }
    }

    @Test
    @Tag("nightly")
    void every_schedule_loses_nothing_and_pays_nothing_twice() throws Exception {
        var passed = new HashSet<String>(Files.exists(PASSED) ? Files.readAllLines(PASSED) : List.of());
        for (long seed = 1; seed <= SCHEDULES; seed++) {
            if (passed.contains(Long.toString(seed))) {
                TABLE.add("| %d | passed before | | | | | |".formatted(seed));
            } else {
                survive(ChaosSchedule.of(seed));
                Files.writeString(PASSED, seed + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        }
    }

    private void survive(ChaosSchedule schedule) throws Exception {
        System.out.println("Schedule " + schedule.seed() + ": " + schedule.blows());
        var began = System.nanoTime();
        var struckBefore = strikes();
        sandbox.tell("/_sandbox/faults", schedule.providerFaults());
        var jobs = new ArrayList<Long>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var meanwhile = new ArrayList<Future<Void>>();
            schedule.blows().forEach(blow -> meanwhile.add(threads.submit(() -> fall(blow, began))));
            for (int number = 0; number < JOBS; number++) {
                sleepUntil(began, TO_ACCEPT.dividedBy(JOBS).multipliedBy(number));
                long job = createJob();
                jobs.add(job);
                if (number == schedule.canceled()) {
                    canceled.add(job);
                    meanwhile.add(threads.submit(() -> cancelWhileItRenders(job, schedule.cancelAfter())));
                }
                if (number == schedule.edited()) {
                    meanwhile.add(threads.submit(() -> makeOneSceneAnew(job)));
                }
            }
            for (var each : meanwhile) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("a blow did not fall, or a wish was not heard", e);
        }
        assertThat(jobs).as("accepted").doesNotHaveDuplicates().hasSize(JOBS);
        for (long job : jobs) {
            ended.put(job, awaitEnd(job));
        }
        sandbox.delete("/_sandbox/faults");
        var count = everyTakeIsPaidOnceAndKept(jobs);
        everyWordWasAsTheProviderDescribesIt();
        TABLE.add("| %d | %d | %d | %d, %d, %d | %d | %d, %d, %d | %.0f |"
                .formatted(
                        schedule.seed(),
                        schedule.blows().size(),
                        strikes() - struckBefore,
                        ends(jobs, "completed"),
                        ends(jobs, "failed"),
                        ends(jobs, "canceled"),
                        count.takes(),
                        count.predictions(),
                        count.succeeded(),
                        count.resubmissions(),
                        (System.nanoTime() - began) / 1e9));
        System.out.println(TABLE.getLast());
    }

    private static Void fall(Blow blow, long began) throws InterruptedException {
        sleepUntil(began, blow.at());
        await(blow.victim() + " runs")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> showreel.runs(blow.victim()));
        if (blow.freezes()) {
            showreel.freeze(blow.victim(), ChaosSchedule.FREEZE);
        } else {
            showreel.kill(blow.victim());
        }
        return null;
    }

    private static void sleepUntil(long began, Duration moment) throws InterruptedException {
        long left = began + moment.toNanos() - System.nanoTime();
        if (left > 0) {
            Thread.sleep(Duration.ofNanos(left));
        }
    }

    private static long createJob() {
        return gateway.post(
                        "/api/v3/campaigns/" + campaign + "/create-job",
                        "{\"num_scenes\": %d, \"clip_duration\": 4, \"auto_approve\": true}".formatted(SCENES))
                .at("/data/job_id")
                .asLong();
    }

    private static JsonNode awaitEnd(long job) {
        return await("the end of job " + job)
                .atMost(TO_END)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> job(job), ChaosTest::hasEnded);
    }

    private static boolean hasEnded(JsonNode job) {
        return ENDS.contains(job.path("status").asString());
    }

    private static Void cancelWhileItRenders(long job, Duration after) throws InterruptedException {
        await("a prediction of job " + job)
                .atMost(TO_END)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> hasEnded(job(job))
                        || gateway.get("/api/v3/jobs/" + job + "/takes")
                                .findValuesAsString("status")
                                .contains("running"));
        Thread.sleep(after);
        if (!hasEnded(job(job))) {
            gateway.post("/api/v3/jobs/" + job + "/cancel", "{}");
        }
        return null;
    }

    /** Of a film that is there already; if it can't be had, that stays. */
    private static Void makeOneSceneAnew(long job) {
        if (awaitEnd(job).path("status").asString().equals("completed")) {
            var scene = gateway.get("/api/v3/jobs/" + job + "/scenes").at("/scenes/0/id");
            gateway.post("/api/v3/jobs/" + job + "/scenes/" + scene.asString() + "/regenerate", "{}");
            await("the second film of job " + job)
                    .atMost(TO_END)
                    .pollInterval(Duration.ofMillis(500))
                    .until(
                            () -> job(job).path("cut"),
                            cut -> cut.path("number").asInt() == 2
                                    && Set.of("published", "failed")
                                            .contains(cut.path("status").asString()));
        }
        return null;
    }

    private static JsonNode job(long job) {
        return gateway.get("/api/v3/jobs/" + job);
    }

    private static long ends(List<Long> jobs, String status) {
        return jobs.stream()
                .filter(job -> ended.get(job).path("status").asString().equals(status))
                .count();
    }

    /** What all schedules so far left behind is right, down to the last file; counted are these jobs. */
    private static Reckoning.Count everyTakeIsPaidOnceAndKept(List<Long> jobs) {
        var reckoning = Reckoning.whenSettled(jobs, gateway, render, sandbox);
        nothingIsLeftOver(reckoning.clips(ended.keySet()));
        var objects = Set.copyOf(showreel.objects("takes/"));
        var count = Reckoning.Count.NOTHING;
        for (long job : ended.keySet()) {
            var ofJob = reckoning.of(job(job), objects, canceled.contains(job));
            count = jobs.contains(job) ? count.plus(ofJob) : count;
        }
        reckoning.nothingElseWasMade();
        return count;
    }

    /** What the store holds is what the ledger knows and the API serves; the folders for temporary files are empty. */
    private static void nothingIsLeftOver(Set<String> clips) {
        var films = new TreeSet<String>();
        for (long job : ended.keySet()) {
            gateway.get("/api/v3/jobs/" + job + "/revisions")
                    .path("data")
                    .forEach(film -> films.add("films/"
                            + sha256(gateway.bytes(film.path("video_url").asString()))
                            + ".mp4"));
        }
        await("no object is left over")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    assertThat(new TreeSet<>(showreel.objects("takes/"))).isEqualTo(new TreeSet<>(clips));
                    assertThat(new TreeSet<>(showreel.objects("films/"))).isEqualTo(films);
                    assertThat(showreel.temporaryFiles()).isEmpty();
                });
    }

    private static void everyWordWasAsTheProviderDescribesIt() throws IOException {
        if (!Files.exists(ProviderDocument.location())) {
            System.out.println("SKIPPED: no copy of the provider's OpenAPI at " + ProviderDocument.location());
            return;
        }
        var document = ProviderDocument.read(ProviderDocument.location());
        assertThat(proxy.exchanges().stream()
                        .flatMap(exchange -> document.complaints(exchange).stream())
                        .distinct())
                .isEmpty();
        System.out.println(proxy.exchanges().size() + " exchanges with the provider are as it describes them");
    }

    private static long strikes() {
        long struck = 0;
        for (var order : sandbox.get("/_sandbox/faults")) {
            struck += order.path("struck").size();
        }
        return struck;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
