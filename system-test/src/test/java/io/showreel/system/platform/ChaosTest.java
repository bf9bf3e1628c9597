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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Ten jobs under a seeded schedule in which every process is killed, the database stands still for half a minute and the
 * provider fails in every other way: none is lost, nothing is paid twice, nothing is left over, and all end. Two schedules
 * in each run, and all of them at night; {@code -Dchaos.seed=} repeats one.
 */
class ChaosTest {

    private static final int SCHEDULES = 20;
    private static final int IN_EACH_RUN = 2;
    private static final int JOBS = 10;
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

    /** What became of a take, by the ledger of the provider. */
    private record Count(int takes, int predictions, int succeeded, int resubmissions) {}

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
                                "0.1"),
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
                "| schedule | blows | provider faults | jobs: completed, failed | takes | predictions, succeeded,"
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
        try (var blows = Executors.newVirtualThreadPerTaskExecutor()) {
            var falling = schedule.blows().stream()
                    .map(blow -> blows.submit(() -> fall(blow, began)))
                    .toList();
            for (int job = 0; job < JOBS; job++) {
                sleepUntil(began, TO_ACCEPT.dividedBy(JOBS).multipliedBy(job));
                jobs.add(createJob());
            }
            for (var blow : falling) {
                blow.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("a blow did not fall", e);
        }
        assertThat(jobs).as("accepted").doesNotHaveDuplicates().hasSize(JOBS);
        for (long job : jobs) {
            ended.put(
                    job,
                    await("the end of job " + job + " of schedule " + schedule.seed())
                            .atMost(TO_END)
                            .pollInterval(Duration.ofMillis(500))
                            .until(
                                    () -> gateway.get("/api/v3/jobs/" + job),
                                    state -> ENDS.contains(state.path("status").asString())));
        }
        sandbox.delete("/_sandbox/faults");
        var count = everyTakeIsPaidOnce(jobs);
        nothingIsLeftOver();
        everyWordWasAsTheProviderDescribesIt();
        long completed = jobs.stream()
                .filter(job -> ended.get(job).path("status").asString().equals("completed"))
                .count();
        TABLE.add("| %d | %d | %d | %d, %d | %d | %d, %d, %d | %.0f |"
                .formatted(
                        schedule.seed(),
                        schedule.blows().size(),
                        strikes() - struckBefore,
                        completed,
                        JOBS - completed,
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

    /** By the provider's own ledger: at most one success a take, each further prediction on record and with its reason. */
    private static Count everyTakeIsPaidOnce(List<Long> jobs) {
        var bill = new HashMap<String, JsonNode>();
        sandbox.get("/_sandbox/ledger")
                .forEach(row -> bill.put(row.path("prediction_id").asString(), row));
        int takes = 0;
        int predictions = 0;
        int succeeded = 0;
        int resubmissions = 0;
        for (long job : ended.keySet()) {
            for (var take : gateway.get("/api/v3/jobs/" + job + "/takes").path("data")) {
                var made = StreamSupport.stream(take.path("predictions").spliterator(), false)
                        .map(prediction ->
                                bill.remove(prediction.path("prediction_id").asString("")))
                        .filter(row -> row != null)
                        .toList();
                var charged = made.stream()
                        .filter(row -> row.path("charged").asBoolean())
                        .toList();
                assertThat(charged).as("paid for take %s", take).hasSizeLessThanOrEqualTo(1);
                for (int n = 1; n < take.path("predictions").size(); n++) {
                    assertThat(take.path("predictions").get(n).path("reason").asString(""))
                            .as("why %s was submitted again", take)
                            .isNotBlank();
                }
                if (jobs.contains(job)) {
                    takes++;
                    predictions += made.size();
                    succeeded += (int) made.stream()
                            .filter(row -> row.path("status").asString().equals("succeeded"))
                            .count();
                    resubmissions += Math.max(0, take.path("predictions").size() - 1);
                }
            }
        }
        assertThat(bill.values())
                .as("predictions that are on no record of ours")
                .isEmpty();
        return new Count(takes, predictions, succeeded, resubmissions);
    }

    /** What the store holds is what the ledger knows and the API serves; the folders for temporary files are empty. */
    private static void nothingIsLeftOver() {
        var clips = new TreeSet<String>();
        var films = new TreeSet<String>();
        ended.forEach((job, state) -> {
            render.get("/internal/jobs/" + job + "/takes").path("takes").forEach(take -> {
                var object = take.path("object").asString("");
                if (!object.isEmpty()) {
                    clips.add(object.substring(object.indexOf("takes/")));
                }
            });
            if (state.path("status").asString().equals("completed")) {
                films.add("films/" + sha256(gateway.bytes("/api/v3/videos/" + job + "/combined")) + ".mp4");
            }
        });
        await("no object is left over")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    assertThat(new TreeSet<>(showreel.objects("takes/"))).isEqualTo(clips);
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
