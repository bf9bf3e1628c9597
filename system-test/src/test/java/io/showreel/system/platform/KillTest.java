package io.showreel.system.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.local.sample.SampleJob;
import io.showreel.local.terminal.Terminal;
import io.showreel.system.operate.MetricsPage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * {@code kill -9} of any process at any moment costs time, never money, work or the film. The seed of the moments is
 * printed; {@code -Dkill.seed=} repeats them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillTest {

    private static final Duration FOR_A_FILM = Duration.ofMinutes(5);
    private static final Set<String> ENDS = Set.of("completed", "failed", "canceled");
    private static final long SEED =
            Long.getLong("kill.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    private static final Random RANDOM = new Random(SEED);
    /** What has no row while nothing is under way, or before the provider ever refused anything. */
    private static final Set<String> ROWS_OF_WHAT_IS_UNDER_WAY = Set.of(
            "showreel_account_refused_total",
            "showreel_account_throttled_total",
            "showreel_jobs_active",
            "showreel_jobs_quiet_seconds",
            "showreel_takes_open",
            "showreel_takes_queue_age_seconds",
            "showreel_work_due");

    private static final List<String> TABLE = new ArrayList<>();

    private static TraceCollector traces;
    private static RunningShowreel showreel;
    private static Api gateway;
    private static Api sandbox;
    private static String campaign;
    private static final List<Long> jobs = new ArrayList<>();

    @BeforeAll
    static void start_everything_and_film_the_sample() throws Exception {
        traces = TraceCollector.start();
        showreel = RunningShowreel.start(new Tuning(traces.environment(), Map.of()));
        gateway = new Api(showreel.gateway());
        sandbox = new Api(showreel.sandbox());
        var film = showreel.home().resolve("sample/film.mp4");
        var sample = new SampleJob(showreel.gateway(), showreel.ffmpeg(), film, new Terminal(System.out, false)).run();
        campaign = sample.campaignId();
        jobs.add(sample.jobId());
    }

    @AfterAll
    static void stop_everything() throws IOException {
        System.out.println("Kill test, seed " + SEED);
        System.out.printf("  %-10s %-28s %8s %12s %6s%n", "killed", "at", "job s", "predictions", "takes");
        TABLE.forEach(System.out::println);
        if (showreel != null) {
            showreel.close();
        }
        traces.close();
    }

    @Test
    @Order(0)
    void a_job_is_followed_over_kafka_to_ffmpeg_and_back() throws IOException {
        var story = new JobStory(traces);
        long job = story.begin(showreel.gateway(), campaign);
        jobs.add(job);
        await("the end of job " + job)
                .atMost(FOR_A_FILM)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> job(job), KillTest::ended);

        story.assertTold(job, showreel.home().resolve("logs"));
    }

    /** Before anything is killed: each is answered by the service that knows. */
    @Test
    @Order(0)
    void the_testing_tools_answer_through_the_gateway() {
        var tools = "/api/v3/testing";
        assertThat(gateway.get(tools + "/scene-templates").path("templates")).hasSize(7);
        assertThat(gateway.post(
                                tools + "/scene-templates/adapt",
                                "{\"scene_count\": 3, \"available_scene_types\": [\"dining\", \"tub\"]}")
                        .path("scenes"))
                .hasSize(3);
        assertThat(gateway.post(tools + "/prompt-preview", "{\"scene_type\": \"living_room\", \"for\": \"video\"}")
                        .path("prompt")
                        .asString(""))
                .isNotBlank();
        var tried = gateway.post(
                tools + "/image-selection",
                "{\"campaign_id\": \"%s\", \"scene_count\": 4, \"brief\": \"Warm\"}".formatted(campaign));
        assertThat(tried.path("origin").asString("")).as(tried.toString()).isEqualTo("model");
        assertThat(tried.path("scenes")).hasSize(4);
        assertThat(gateway.post(
                                tools + "/voiceover/script",
                                "{\"property_details\": {\"name\": \"Mountain Retreat\"},"
                                        + " \"scenes\": [{\"title\": \"Arrival\", \"duration\": 4}]}")
                        .path("success")
                        .asBoolean())
                .isTrue();
        assertThat(gateway.get(tools + "/campaigns").path("data")).isNotEmpty();
        assertThat(gateway.get(tools + "/campaigns/" + campaign + "/assets")
                        .path("success")
                        .asBoolean())
                .isTrue();
        var preview = gateway.get(tools + "/jobs/" + jobs.getFirst() + "/preview");
        assertThat(preview.path("scenes")).isNotEmpty().allSatisfy(scene -> assertThat(
                        scene.path("clip_url").asString(""))
                .isNotBlank());
        assertThat(gateway.get(tools + "/pipeline/config").toString()).contains("image_selection");
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"asset", "selection", "render", "stitch", "gateway", "kafka", "postgres", "s3", "sandbox"})
    void a_job_gets_its_one_film_although_a_process_is_killed(String victim) {
        var started = System.nanoTime();
        int moment = RANDOM.nextInt(95);
        long job = createJob();
        jobs.add(job);
        var state = await("job " + job + " at " + moment + " %")
                .atMost(FOR_A_FILM)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> job(job), now -> now.path("progress_percentage").asInt() >= moment || ended(now));
        showreel.kill(victim);

        var end = await("the end of job " + job)
                .atMost(FOR_A_FILM)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> job(job), KillTest::ended);

        assertThat(end.path("current_stage").asString()).as(end.toString()).isEqualTo("completed");
        assertThat(gateway.bytes("/api/v3/videos/" + job + "/combined")).hasSizeGreaterThan(10_000);
        var takes = takes(job);
        assertThat(takes).hasSize(4).allSatisfy(KillTest::isPaidOnce);
        TABLE.add("  %-10s %-28s %8.1f %12d %6d"
                .formatted(
                        victim,
                        state.path("progress_percentage").asInt() + " %, "
                                + state.path("current_stage").asString(),
                        (System.nanoTime() - started) / 1e9,
                        takes.stream()
                                .mapToInt(take -> take.path("predictions").size())
                                .sum(),
                        takes.size()));
    }

    /** What the provider made is exactly what our ledger knows of. */
    @Test
    @Order(2)
    void no_prediction_is_off_the_record() {
        var known = new HashSet<String>();
        for (long job : jobs) {
            takes(job).forEach(take -> take.path("predictions")
                    .forEach(prediction ->
                            known.add(prediction.path("prediction_id").asString(""))));
        }
        assertThat(StreamSupport.stream(sandbox.get("/_sandbox/ledger").spliterator(), false)
                        .map(row -> row.path("prediction_id").asString()))
                .isNotEmpty()
                .isSubsetOf(known);
    }

    /** What the store holds is what the API serves, by its hash: neither more nor less. */
    @Test
    @Order(3)
    void no_object_is_orphaned_and_no_temporary_file_is_left() {
        var clips = new TreeSet<String>();
        var films = new TreeSet<String>();
        var posters = new TreeSet<String>();
        var sprites = new TreeSet<String>();
        for (long job : jobs) {
            await("what goes with film " + job)
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> gateway.get("/api/v3/jobs/" + job).path("film").hasNonNull("sprite_url"));
            gateway.get("/api/v3/jobs/" + job + "/scenes")
                    .path("scenes")
                    .forEach(scene -> clips.add("takes/"
                            + sha256("/api/v3/videos/" + job + "/clips/"
                                    + scene.path("id").asString())
                            + ".mp4"));
            films.add("films/" + sha256("/api/v3/videos/" + job + "/combined") + ".mp4");
            posters.add("posters/" + sha256("/api/v3/videos/" + job + "/thumbnail") + ".jpg");
            posters.add("posters/" + sha256("/api/v3/videos/" + job + "/poster") + ".webp");
            sprites.add("sprites/" + sha256("/api/v3/videos/" + job + "/sprite.jpg") + ".jpg");
        }
        assertThat(new TreeSet<>(showreel.objects("takes/"))).isEqualTo(clips);
        assertThat(new TreeSet<>(showreel.objects("films/"))).isEqualTo(films);
        assertThat(new TreeSet<>(showreel.objects("posters/"))).isEqualTo(posters);
        assertThat(showreel.objects("sprites/"))
                .filteredOn(name -> name.endsWith(".jpg"))
                .containsExactlyInAnyOrderElementsOf(sprites);
        await("temporary files are gone")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(showreel.temporaryFiles()).isEmpty());
    }

    @Test
    @Order(4)
    void metrics_are_those_of_their_page() {
        var page = new MetricsPage();
        var shown = new TreeSet<String>();
        for (var service : List.of("asset", "gateway", "render", "selection", "stitch")) {
            var scrape =
                    new Api(URI.create("http://localhost:" + showreel.port(service))).bytes("/actuator/prometheus");
            new String(scrape, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("# TYPE showreel_"))
                    .forEach(line -> shown.add(MetricsPage.metric(line.split(" ")[2])));
        }
        assertThat(page.own()).containsAll(shown);
        assertThat(shown)
                .containsAll(page.own().stream()
                        .filter(metric -> !ROWS_OF_WHAT_IS_UNDER_WAY.contains(metric))
                        .toList());
    }

    @Test
    @Order(5)
    void a_change_costs_what_it_changes_whatever_happens_meanwhile() {
        new EditCosts(showreel, gateway, sandbox).of(jobs.getFirst());
    }

    private static long createJob() {
        return gateway.post(
                        "/api/v3/campaigns/" + campaign + "/create-job",
                        "{\"num_scenes\": 4, \"clip_duration\": 4, \"auto_approve\": true}")
                .path("data")
                .path("job_id")
                .asLong();
    }

    private static JsonNode job(long job) {
        return gateway.get("/api/v3/jobs/" + job);
    }

    private static boolean ended(JsonNode job) {
        return ENDS.contains(job.path("status").asString());
    }

    private static List<JsonNode> takes(long job) {
        var takes = new ArrayList<JsonNode>();
        gateway.get("/api/v3/jobs/" + job + "/takes").path("data").forEach(takes::add);
        return takes;
    }

    /** One succeeded prediction; each further one has a reason, and ended before the next began. */
    private static void isPaidOnce(JsonNode take) {
        var predictions = take.path("predictions");
        long succeeded = StreamSupport.stream(predictions.spliterator(), false)
                .filter(prediction -> prediction.path("status").asString().equals("succeeded"))
                .count();
        assertThat(succeeded).as(take.toString()).isEqualTo(1);
        for (int n = 1; n < predictions.size(); n++) {
            assertThat(predictions.get(n).path("reason").asString(""))
                    .as(take.toString())
                    .isNotBlank();
        }
    }

    private static String sha256(String path) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(gateway.bytes(path)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
