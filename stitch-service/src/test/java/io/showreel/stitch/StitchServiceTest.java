package io.showreel.stitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.showreel.contracts.job.JobEvent.JobDeleted;
import io.showreel.contracts.job.JobEvent.MediaRetired;
import io.showreel.contracts.scene.SceneRequest.Transition;
import io.showreel.contracts.video.VideoEvent.Choice;
import io.showreel.contracts.video.VideoEvent.ClipShown;
import io.showreel.contracts.video.VideoEvent.CuttingFailed;
import io.showreel.contracts.video.VideoEvent.CuttingStarted;
import io.showreel.contracts.video.VideoEvent.FilmPublished;
import io.showreel.contracts.video.VideoEvent.FilmShown;
import io.showreel.contracts.video.VideoEvent.RenditionFailed;
import io.showreel.contracts.video.VideoEvent.RenditionPublished;
import io.showreel.objects.ObjectStore;
import io.showreel.stitch.cutting.WorkFolders;
import io.showreel.stitch.cutting.ffmpeg.TestFfmpeg;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service with real servers and real clips. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StitchServiceTest {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Transition DISSOLVE = new Transition("dissolve", Duration.ofMillis(500));
    private static final AtomicLong JOBS = new AtomicLong(System.currentTimeMillis());

    private static final Path WORK_DIR =
            Path.of("target", "work-" + ProcessHandle.current().pid());

    @TempDir
    private static Path clips;

    @Autowired
    private ObjectStore objects;

    @Autowired
    private DatabaseClient database;

    @LocalServerPort
    private int port;

    private final Wire wire = new Wire();
    private URI alike;
    private URI small;
    private long job;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        Servers.configure(registry);
        registry.add("stitch.work-dir", WORK_DIR::toString);
    }

    @BeforeAll
    void makeClips() throws Exception {
        alike = clip("alike", "testsrc2=s=1920x1080", 24);
        small = clip("small", "testsrc2=s=640x360", 24);
    }

    @BeforeEach
    void takeJob() {
        job = JOBS.incrementAndGet();
    }

    @AfterAll
    void closeWire() {
        wire.close();
    }

    @Test
    void facts_before_between_and_after_the_plan_make_one_film() {
        wire.event(job, Cuts.rendered(job, 1, 2, alike));
        wire.event(job, Cuts.rendered(job, 1, 2, alike));
        await().until(() -> "unplanned".equals(phase(job, 1)));
        wire.request(job, Cuts.requested(job, 1, 3, Duration.ofSeconds(1)));
        await().until(() -> "gathering".equals(phase(job, 1)));
        wire.event(job, Cuts.lost(job, 1, 3));
        wire.event(job, Cuts.rendered(job, 1, 1, alike));
        wire.event(job, Cuts.lost(job, 1, 1));
        wire.request(job, Cuts.requested(job, 1, 3, Duration.ofSeconds(1)));

        var film = film(job, 1);

        assertThat(film.missingScenes()).isEqualTo(Cuts.scenes(3));
        assertThat(film.frames()).isEqualTo(48);
        assertThat(film.length()).isEqualTo(Duration.ofSeconds(2));
        assertThat(film.way()).isEqualTo("copy");
        assertThat(film.width()).isEqualTo(1920);
        assertThat(film.film().getPath()).isEqualTo("/films/" + film.sha256() + ".mp4");
        assertThat(objects.stat(film.film()).size()).isEqualTo(film.size());
        assertThat(objects.stat(Objects.requireNonNull(film.thumbnail())).contentType())
                .isEqualTo("image/jpeg");
        var heard = wire.heardOf(job).stream()
                .filter(event -> event instanceof CuttingStarted || event instanceof FilmPublished)
                .toList();
        assertThat(heard).containsExactly(new CuttingStarted(job, 1), film);
        assertThat(film.plan())
                .extracting(Choice::sceneId, Choice::subject, Choice::way)
                .containsExactly(
                        tuple(Cuts.scene(1), "clip", "copy"),
                        tuple(Cuts.scene(2), "transition", "copy"),
                        tuple(Cuts.scene(2), "clip", "copy"));
        assertThat(film.stitching()).isBetween(Duration.ofMillis(1), LONG);
        var shown = await().atMost(LONG)
                .until(() -> heard(job, FilmShown.class), Optional::isPresent)
                .orElseThrow();
        assertThat(shown.thumbnail()).isEqualTo(film.thumbnail());
        var showcase = shown.showcase();
        assertThat(List.of(showcase.poster(), showcase.sprite(), showcase.track()))
                .extracting(object -> objects.stat(object).contentType())
                .containsExactly("image/webp", "image/jpeg", "text/vtt");
        assertThat(wire.heardWithOriginOf(job))
                .allSatisfy(each -> assertThat(each.requestId()).isEqualTo("request-" + job));
        await().until(() -> folders().isEmpty());
    }

    @Test
    void clips_are_shown_and_prepared_while_others_are_still_rendered() {
        wire.request(job, Cuts.requested(job, 1, 2, Duration.ofSeconds(1), DISSOLVE));
        wire.event(job, Cuts.rendered(job, 1, 1, alike));

        var shown = await().atMost(LONG).until(() -> shown(job), list -> !list.isEmpty());
        assertThat(shown).extracting(ClipShown::takeId).containsExactly(Cuts.take(job, 1));
        assertThat(objects.stat(shown.getFirst().thumbnail()).contentType()).isEqualTo("image/jpeg");
        assertThat(reelsOf(alike)).as("needed for the transition").anyMatch(key -> key.startsWith("house "));

        wire.event(job, Cuts.rendered(job, 1, 2, small));
        var film = film(job, 1);
        assertThat(film.frames()).isEqualTo(24 + 24 - 12);
        assertThat(film.plan()).extracting(Choice::way).containsExactly("normalise", "window", "normalise");
        shown = await().atMost(LONG).until(() -> shown(job), list -> list.size() > 1);
        assertThat(shown).extracting(ClipShown::takeId).containsExactly(Cuts.take(job, 1), Cuts.take(job, 2));
    }

    @Test
    void another_transition_for_a_finished_film_encodes_no_clip_again() throws Exception {
        var own = clip("own-" + job, "smptebars=s=1920x1080", 24);
        var other = clip("other-" + job, "testsrc=s=1920x1080", 24);
        wire.request(job, Cuts.requested(job, 1, 2, Duration.ofSeconds(1)));
        wire.event(job, Cuts.rendered(job, 1, 1, own));
        wire.event(job, Cuts.rendered(job, 1, 2, other));
        assertThat(film(job, 1).way()).isEqualTo("copy");
        await().atMost(LONG).untilAsserted(() -> assertThat(List.of(reelsOf(own), reelsOf(other)))
                .as("made ahead, once the film was there")
                .allSatisfy(keys -> assertThat(keys).anyMatch(key -> key.startsWith("house "))));
        var made = List.of(reelsOf(own), reelsOf(other));

        wire.request(
                job, Cuts.requested(job, 2, 2, Duration.ofSeconds(1), new Transition("slide", Duration.ofMillis(250))));
        wire.event(job, Cuts.rendered(job, 2, 1, own));
        wire.event(job, Cuts.rendered(job, 2, 2, other));

        assertThat(film(job, 2).frames()).isEqualTo(42);
        assertThat(List.of(reelsOf(own), reelsOf(other))).isEqualTo(made);
    }

    @Test
    void a_rendition_is_another_film_of_the_same_clips() {
        wire.request(job, Cuts.requested(job, 1, 2, Duration.ofSeconds(1)));
        wire.event(job, Cuts.rendered(job, 1, 1, alike));
        wire.event(job, Cuts.rendered(job, 1, 2, alike));
        film(job, 1);
        var id = UUID.randomUUID();

        wire.request(job, Cuts.rendition(job, 1, id, "1:1", alike, alike));

        var rendition = await().atMost(LONG).until(() -> heard(job, RenditionPublished.class), Optional::isPresent);
        assertThat(rendition.orElseThrow()).satisfies(published -> {
            assertThat(published.renditionId()).isEqualTo(id);
            assertThat(published.aspectRatio()).isEqualTo("1:1");
            assertThat(published.width()).isEqualTo(1080);
            assertThat(published.height()).isEqualTo(1080);
            assertThat(published.frames()).isEqualTo(48);
            assertThat(objects.stat(published.film()).size()).isEqualTo(published.size());
        });
        assertThat(phase(job, 1)).isEqualTo("published");
    }

    @Test
    void a_rendition_of_a_broken_clip_fails_alone() throws Exception {
        var broken =
                objects.keep("takes", Files.writeString(clips.resolve("broken-" + job), "no clip " + job), "video/mp4");

        wire.request(job, Cuts.rendition(job, 1, UUID.randomUUID(), "9:16", broken));

        var failed = await().atMost(LONG).until(() -> heard(job, RenditionFailed.class), Optional::isPresent);
        assertThat(failed.orElseThrow().code()).isEqualTo("unreadable_clip");
        assertThat(heard(job, CuttingFailed.class)).isEmpty();
    }

    @Test
    void a_deleted_job_takes_everything_along_that_no_other_job_uses() throws Exception {
        var own = clip("own-" + job, "rgbtestsrc=s=640x360", 24);
        wire.request(job, Cuts.requested(job, 1, 1, Duration.ofSeconds(1)));
        wire.event(job, Cuts.rendered(job, 1, 1, own));
        film(job, 1);
        wire.request(job, Cuts.rendition(job, 1, UUID.randomUUID(), "1:1", own));
        await().atMost(LONG).until(() -> heard(job, RenditionPublished.class), Optional::isPresent);
        var next = JOBS.incrementAndGet();
        wire.request(next, Cuts.requested(next, 1, 1, Duration.ofSeconds(1)));
        wire.event(next, Cuts.rendered(next, 1, 1, own));
        var shared = film(next, 1);
        var kept = claimed(job);

        wire.job(job, new JobDeleted(job, new UUID(1, 1), new UUID(1, 2)));

        await().atMost(LONG).until(() -> claims(job) == 0 && work(job).isEmpty());
        await().atMost(LONG).until(() -> discards().isEmpty());
        var left = claimed(next);
        assertThat(left).contains(shared.film().getPath().substring(1));
        assertThat(kept)
                .filteredOn(name -> objects.list(name).findAny().isPresent())
                .isSubsetOf(left);
        assertThat(kept).as("the rendition's, at least").anyMatch(name -> !left.contains(name));

        wire.job(next, new JobDeleted(next, new UUID(1, 1), new UUID(1, 2)));

        await().atMost(LONG)
                .until(() -> claims(next) == 0
                        && reelsOf(own).isEmpty()
                        && discards().isEmpty());
        // A track of the same length is the same object, also in the films of other tests.
        assertThat(left)
                .filteredOn(name -> !isClaimed(name))
                .contains(shared.film().getPath().substring(1))
                .noneMatch(name -> objects.list(name).findAny().isPresent());
    }

    @Test
    void retired_media_go_and_the_served_film_stays() throws Exception {
        for (int cut = 1; cut <= 2; cut++) {
            wire.request(job, Cuts.requested(job, cut, 1, Duration.ofMillis(500L * cut)));
            wire.event(job, Cuts.rendered(job, cut, 1, alike));
        }
        var old = film(job, 1);
        var served = film(job, 2);

        wire.job(job, new MediaRetired(job, new UUID(1, 1), new UUID(1, 2), List.of(1), List.of()));

        await().atMost(LONG).until(() -> objects.list(old.film().getPath().substring(1))
                .findAny()
                .isEmpty());
        assertThat(objects.list(served.film().getPath().substring(1))).hasSize(1);
        assertThat(phase(job, 2)).isEqualTo("published");
    }

    @Test
    void clips_that_are_not_alike_are_normalised() {
        wire.request(job, Cuts.requested(job, 1, 2, Duration.ofSeconds(1)));
        wire.event(job, Cuts.rendered(job, 1, 1, small));
        wire.event(job, Cuts.rendered(job, 1, 2, alike));

        assertThat(film(job, 1).way()).isEqualTo("normalise");
    }

    @Test
    void a_cut_without_any_clip_fails() {
        wire.event(job, Cuts.lost(job, 1, 1));
        wire.request(job, Cuts.requested(job, 1, 2, Duration.ofSeconds(1)));
        wire.event(job, Cuts.lost(job, 1, 2));

        assertThat(failure(job).code()).isEqualTo("no_clips");
        assertThat(work(job)).isEmpty();
    }

    @Test
    void a_truncated_clip_fails_the_cut_and_leaves_nothing() throws Exception {
        var whole = clips.resolve("whole.mp4");
        objects.fetch(alike, whole);
        var part = Files.write(
                clips.resolve("part.mp4"), Arrays.copyOf(Files.readAllBytes(whole), (int) (Files.size(whole) / 2)));
        wire.request(job, Cuts.requested(job, 1, 1, Duration.ofSeconds(1)));
        wire.event(job, Cuts.rendered(job, 1, 1, objects.keep("takes", part, "video/mp4")));

        assertThat(failure(job).code()).isEqualTo("unreadable_clip");
        await().until(() -> work(job).isEmpty() && folders().isEmpty());
        assertThat(claims(job)).isZero();
    }

    @Test
    void a_cut_withdrawn_while_it_is_cut_ends_ffmpeg_and_leaves_nothing() {
        wire.request(job, Cuts.requested(job, 1, 1, Duration.ofMinutes(30)));
        wire.event(job, Cuts.rendered(job, 1, 1, small));
        await().atMost(LONG).until(() -> running(job) == 1 && wire.heardOf(job).contains(new CuttingStarted(job, 1)));

        wire.request(job, Cuts.withdrawn(job, 1));

        await().atMost(LONG)
                .until(() ->
                        running(job) == 0 && folders().isEmpty() && work(job).isEmpty());
        assertThat(phase(job, 1)).isEqualTo("withdrawn");
        assertThat(wire.heardOf(job)).noneMatch(FilmPublished.class::isInstance);
        assertThat(claims(job)).isZero();
    }

    @Test
    void a_cut_withdrawn_before_anything_else_is_never_cut() {
        wire.request(job, Cuts.withdrawn(job, 1));
        wire.request(job, Cuts.requested(job, 1, 1, Duration.ofSeconds(1)));
        wire.event(job, Cuts.rendered(job, 1, 1, alike));
        var next = JOBS.incrementAndGet();
        wire.request(next, Cuts.requested(next, 1, 1, Duration.ofSeconds(1)));
        wire.event(next, Cuts.rendered(next, 1, 1, alike));

        film(next, 1);

        assertThat(wire.heardOf(job)).isEmpty();
        assertThat(phase(job, 1)).isEqualTo("withdrawn");
    }

    @Test
    void a_film_is_deleted_when_the_last_cut_that_uses_it_is_withdrawn() throws Exception {
        var own = clip("own-" + job, "smptehdbars=s=1920x1080", 36);
        for (int cut = 1; cut <= 2; cut++) {
            wire.request(job, Cuts.requested(job, cut, 1, Duration.ofMillis(1500)));
            wire.event(job, Cuts.rendered(job, cut, 1, own));
        }
        var film = film(job, 1);
        assertThat(film(job, 2).film()).as("the same film").isEqualTo(film.film());

        wire.request(job, Cuts.withdrawn(job, 1));
        await().until(() -> "withdrawn".equals(phase(job, 1)) && work(job).isEmpty());
        assertThat(objects.list(film.film().getPath().substring(1))).containsExactly(film.film());

        wire.request(job, Cuts.withdrawn(job, 2));
        await().until(() ->
                objects.list(film.film().getPath().substring(1)).findAny().isEmpty());
        await().until(() -> objects.list(
                        Objects.requireNonNull(film.thumbnail()).getPath().substring(1))
                .findAny()
                .isEmpty());
    }

    @Test
    void health_is_all_that_is_served() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var health = http.send(get("/actuator/health/readiness"), HttpResponse.BodyHandlers.ofString());
            var other = http.send(get("/"), HttpResponse.BodyHandlers.ofString());

            assertThat(health.body()).contains("\"status\":\"UP\"");
            assertThat(other.statusCode()).isEqualTo(404);
        }
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
    }

    private FilmPublished film(long jobId, int cut) {
        return await().atMost(LONG)
                .until(
                        () -> wire.heardOf(jobId).stream()
                                .filter(FilmPublished.class::isInstance)
                                .map(FilmPublished.class::cast)
                                .filter(film -> film.cut() == cut)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private CuttingFailed failure(long jobId) {
        return await().atMost(LONG)
                .until(
                        () -> wire.heardOf(jobId).stream()
                                .filter(CuttingFailed.class::isInstance)
                                .map(CuttingFailed.class::cast)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private String phase(long jobId, int cut) {
        return database.sql("select phase from assembly where job_id = :job and cut = :cut and rendition = :none")
                .bind("none", new UUID(0, 0))
                .bind("job", jobId)
                .bind("cut", cut)
                .map(row -> row.get(0, String.class))
                .one()
                .defaultIfEmpty("unknown")
                .block();
    }

    /** What is left to do for the job, but for what nobody waits for. */
    private List<String> work(long jobId) {
        return database.sql("""
            select queue || ' ' || key as work from leased_work
            where queue <> 'prepare-ahead' and key like :job || ':%'
            """)
                .bind("job", Long.toString(jobId))
                .map(row -> row.get(0, String.class))
                .all()
                .collectList()
                .block();
    }

    private List<String> discards() {
        return database.sql("select key from leased_work where queue = 'discard'")
                .map(row -> row.get(0, String.class))
                .all()
                .collectList()
                .block();
    }

    private List<String> claimed(long jobId) {
        return database.sql("select distinct name from object_claim where job_id = :job")
                .bind("job", jobId)
                .map(row -> row.get(0, String.class))
                .all()
                .collectList()
                .block();
    }

    private List<String> reelsOf(URI clip) {
        return allReels().stream().filter(key -> key.endsWith(clip.toString())).toList();
    }

    private List<String> allReels() {
        return database.sql("select key from reel order by key")
                .map(row -> row.get(0, String.class))
                .all()
                .collectList()
                .block();
    }

    private List<ClipShown> shown(long jobId) {
        return wire.heardOf(jobId).stream()
                .filter(ClipShown.class::isInstance)
                .map(ClipShown.class::cast)
                .toList();
    }

    private <T> Optional<T> heard(long jobId, Class<T> type) {
        return wire.heardOf(jobId).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    private boolean isClaimed(String name) {
        return database.sql("select exists (select from object_claim where name = :name)")
                .bind("name", name)
                .map(row -> row.get(0, Boolean.class))
                .one()
                .block();
    }

    private long claims(long jobId) {
        return database.sql("select count(*) from object_claim where job_id = :job")
                .bind("job", jobId)
                .map(row -> row.get(0, Long.class))
                .one()
                .block();
    }

    private List<Path> folders() throws IOException {
        try (var files = Files.walk(WORK_DIR)) {
            return files.filter(file -> file.getFileName().toString().startsWith("job-"))
                    .toList();
        }
    }

    /** FFmpegs that work for the job, and not for what other tests have left to be prepared ahead. */
    private static long running(long jobId) {
        return ProcessHandle.current()
                .children()
                .filter(child -> environmentOf(child)
                        .anyMatch(variable ->
                                variable.startsWith(WorkFolders.MARK + "=") && variable.contains("job-" + jobId + "-")))
                .count();
    }

    private static Stream<String> environmentOf(ProcessHandle process) {
        try {
            return Stream.of(
                    Files.readString(Path.of("/proc/" + process.pid() + "/environ"), StandardCharsets.ISO_8859_1)
                            .split("\0"));
        } catch (IOException gone) {
            return Stream.empty();
        }
    }

    private URI clip(String name, String source, int frames) throws Exception {
        var file = clips.resolve(name + ".mp4");
        TestFfmpeg.run(
                clips,
                "-f",
                "lavfi",
                "-i",
                source + ":r=24:d=10",
                "-frames:v",
                Integer.toString(frames),
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-tune",
                "animation",
                "-profile:v",
                "high",
                "-bf",
                "3",
                "-g",
                "999",
                "-pix_fmt",
                "yuv420p",
                "-movflags",
                "+faststart",
                file.toString());
        return objects.keep("takes", file, "video/mp4");
    }
}
