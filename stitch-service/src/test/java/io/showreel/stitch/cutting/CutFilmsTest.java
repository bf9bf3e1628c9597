package io.showreel.stitch.cutting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.showreel.contracts.video.VideoEvent.CuttingFailed;
import io.showreel.contracts.video.VideoEvent.CuttingHeld;
import io.showreel.contracts.video.VideoEvent.CuttingStarted;
import io.showreel.contracts.video.VideoEvent.FilmPublished;
import io.showreel.contracts.video.VideoEvent.FilmShown;
import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseLostException;
import io.showreel.objects.ObjectStore;
import io.showreel.objects.ObjectStoreException;
import io.showreel.stitch.Cuts;
import io.showreel.stitch.Servers;
import io.showreel.stitch.Wire;
import io.showreel.stitch.assembly.AssembleFilms;
import io.showreel.stitch.assembly.CutId;
import io.showreel.stitch.cutting.Editor.CutFilm;
import io.showreel.stitch.cutting.StoredShelf.Storage;
import io.showreel.stitch.editing.EditList;
import io.showreel.stitch.filmstore.FilmStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.unit.DataSize;

/** A service that only gathers, and workers whose leases the tests hand out themselves. */
@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = "stitch.enabled=false")
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CutFilmsTest {

    private static final AtomicLong JOBS = new AtomicLong(System.currentTimeMillis());

    @TempDir
    private static Path temporary;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private CutLedger ledger;

    @Autowired
    private FilmStore films;

    @Autowired
    private ObjectStore objects;

    @Autowired
    private DatabaseClient database;

    private final Wire wire = new Wire();
    private WorkFolders folders;
    private MediaCache cache;
    private URI clip;
    private long job;
    private CutId cut;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        Servers.configure(registry);
    }

    @BeforeAll
    void openFolders() throws IOException {
        folders = new WorkFolders(temporary.resolve("work"));
        cache = new MediaCache(temporary.resolve("cache"), 1 << 20);
        clip = objects.keep("takes", Files.writeString(temporary.resolve("clip.mp4"), "a clip"), "video/mp4");
    }

    @AfterAll
    void close() throws IOException {
        wire.close();
        folders.close();
    }

    @BeforeEach
    void makeReady() {
        job = JOBS.incrementAndGet();
        cut = new CutId(job, 1);
        wire.request(job, Cuts.requested(job, 1, 1, Duration.ofSeconds(1)));
        wire.event(job, Cuts.rendered(job, 1, 1, clip));
        await().until(() -> phase().equals("ready"));
    }

    @Test
    void with_cutting_switched_off_cuts_wait_in_the_queue_without_a_worker() {
        assertThat(context.getBeanProvider(Editor.class).getIfAvailable()).isNull();
        assertThat(context.getBeanProvider(WorkFolders.class).getIfAvailable()).isNull();
        assertThat(owner()).isEqualTo("nobody");
        assertThat(phase()).isEqualTo("ready");
        assertThat(wire.heardOf(job)).isEmpty();
    }

    @Test
    void a_worker_whose_lease_was_taken_cannot_publish_and_its_successor_can() throws Exception {
        var stale = lease(1);
        var frozen = worker(new FakeEditor("film " + job, () -> lease(2)));

        assertThatThrownBy(() -> frozen.run(stale)).isInstanceOf(LeaseLostException.class);

        assertThat(phase()).isEqualTo("cutting");
        assertThat(keptFilms()).as("kept by nobody").isEmpty();
        worker(new FakeEditor("film " + job, () -> {})).run(new Lease(AssembleFilms.QUEUE, cut.toString(), "b", 2, 2));
        var film = published();
        assertThat(wire.heardOf(job)).containsExactly(new CuttingStarted(job, 1), film);
        assertThat(owner()).isEqualTo("gone");
    }

    @Test
    void a_film_that_is_ready_after_its_withdrawal_leaves_no_object() throws Exception {
        var editor = new FakeEditor("unwanted film " + job, () -> {
            wire.request(job, Cuts.withdrawn(job, 1));
            await().until(() -> phase().equals("withdrawn"));
        });

        worker(editor).run(lease(1));

        await().until(() -> keptFilms().isEmpty() && owner().equals("gone"));
        assertThat(editor.folder()).doesNotExist();
        await().until(() -> !wire.heardOf(job).isEmpty());
        assertThat(wire.heardOf(job)).containsExactly(new CuttingStarted(job, 1));
        await().until(() -> database.sql("select count(*) from leased_work where queue = 'discard'")
                .map(row -> row.get(0, Long.class))
                .one()
                .block()
                .equals(0L));
        assertThat(objects.list(films.film(Files.writeString(temporary.resolve("same"), editor.film))
                        .name()))
                .isEmpty();
    }

    @Test
    void a_worker_that_died_is_followed_by_one_that_publishes_the_same_film() throws Exception {
        var dying = worker(new FakeEditor("film " + job, () -> {
            throw new IllegalStateException("The machine is gone");
        }));
        assertThatThrownBy(() -> dying.run(lease(1))).hasMessage("The machine is gone");

        worker(new FakeEditor("film " + job, () -> {})).run(lease(2));

        assertThat(published().sha256()).isNotBlank();
        assertThat(wire.heardOf(job)).containsOnlyOnce(new CuttingStarted(job, 1));
    }

    @Test
    void a_cut_whose_ffmpeg_keeps_failing_is_given_up() throws Exception {
        var failing = worker(new FakeEditor("", () -> {
            throw new IOException("FFmpeg was not done in time");
        }));

        assertThatThrownBy(() -> failing.run(lease(1))).isInstanceOf(IOException.class);
        assertThat(phase()).isEqualTo("cutting");
        failing.run(new Lease(AssembleFilms.QUEUE, cut.toString(), "b", 1, 4));

        assertThat(phase()).isEqualTo("failed");
        var failure = await().until(() -> heard(CuttingFailed.class), Optional::isPresent);
        assertThat(failure.orElseThrow().code()).isEqualTo("cutting_failed");
        assertThat(owner()).isEqualTo("gone");
    }

    @Test
    void an_object_store_that_is_away_costs_no_attempt() throws Exception {
        lease(1);
        var failing = worker(new FakeEditor("", () -> {
            throw new ObjectStoreException("The object store does not answer", new IOException("Connection refused"));
        }));

        failing.run(new Lease(AssembleFilms.QUEUE, cut.toString(), "b", 1, 9));

        assertThat(phase()).isEqualTo("cutting");
        assertThat(owner()).isEqualTo("nobody");
    }

    @Test
    void a_clip_that_is_gone_is_missing_from_the_material() throws Exception {
        objects.delete(clip);
        cache.clear();
        var editor = new FakeEditor("film " + job, () -> {});

        worker(editor).run(lease(1));
        clip = objects.keep("takes", temporary.resolve("clip.mp4"), "video/mp4");

        assertThat(editor.material).isEmpty();
    }

    @Test
    void a_cut_waits_for_room_on_the_disk_says_so_once_and_goes_on() throws Exception {
        var full = worker(new FakeEditor("film " + job, () -> {}), DataSize.ofTerabytes(1000));

        full.run(lease(1));
        full.run(lease(2));

        assertThat(phase()).isEqualTo("cutting");
        assertThat(owner()).isEqualTo("nobody");
        var held = await().until(() -> heard(CuttingHeld.class), Optional::isPresent)
                .orElseThrow();
        assertThat(held.code()).isEqualTo("disk_full");
        assertThat(held.message()).contains("MB are needed");
        worker(new FakeEditor("film " + job, () -> {})).run(lease(3));
        assertThat(wire.heardOf(job)).containsExactly(new CuttingStarted(job, 1), held, published());
    }

    @Test
    void what_goes_with_a_film_is_made_once_it_is_published() throws Exception {
        worker(new FakeEditor("film " + job, () -> {})).run(lease(1));
        var film = published();

        showing(new FakeEditor("film " + job, () -> {})).run(leaseOfShowing());

        var shown =
                await().until(() -> heard(FilmShown.class), Optional::isPresent).orElseThrow();
        assertThat(shown.thumbnail()).isEqualTo(film.thumbnail());
        assertThat(keptFilms())
                .containsExactlyInAnyOrder(
                        name(film.film()),
                        name(shown.thumbnail()),
                        name(shown.showcase().poster()),
                        name(shown.showcase().sprite()),
                        name(shown.showcase().track()));
        assertThat(work("show")).isEmpty();
    }

    @Test
    void a_film_withdrawn_before_it_is_shown_leaves_no_object() throws Exception {
        worker(new FakeEditor("film " + job, () -> {})).run(lease(1));
        var withdrawn = new FakeEditor("film " + job, () -> {
            wire.request(job, Cuts.withdrawn(job, 1));
            await().until(() -> phase().equals("withdrawn"));
        });

        showing(withdrawn).run(leaseOfShowing());

        await().until(() -> keptFilms().isEmpty() && work("show").isEmpty());
        assertThat(withdrawn.folder()).doesNotExist();
        assertThat(heard(FilmShown.class)).isEmpty();
    }

    @Test
    void a_film_that_cannot_be_shown_stays_published() throws Exception {
        worker(new FakeEditor("film " + job, () -> {})).run(lease(1));
        var failing = showing(new FakeEditor("film " + job, () -> {
            throw new IOException("FFmpeg was not done in time");
        }));

        assertThatThrownBy(() -> failing.run(leaseOfShowing())).isInstanceOf(IOException.class);
        assertThat(work("show")).hasSize(1);
        failing.run(new Lease(AssembleFilms.SHOWINGS, cut.toString(), "b", 1, 4));

        assertThat(work("show")).isEmpty();
        assertThat(phase()).isEqualTo("published");
    }

    private ShowFilms showing(Editor editor) {
        return new ShowFilms(
                ledger,
                editor,
                new Storage(ledger, objects, films, cache),
                folders,
                context.getBean(CuttingSettings.class));
    }

    private Lease leaseOfShowing() {
        database.sql("update leased_work set owner = 'b', epoch = 1 where queue = 'show' and key = :key")
                .bind("key", cut.toString())
                .then()
                .block();
        return new Lease(AssembleFilms.SHOWINGS, cut.toString(), "b", 1, 1);
    }

    private List<String> work(String queue) {
        return database.sql("select key from leased_work where queue = :queue and key = :key")
                .bind("queue", queue)
                .bind("key", cut.toString())
                .map(row -> row.get(0, String.class))
                .all()
                .collectList()
                .block();
    }

    private static String name(@Nullable URI object) {
        return Objects.requireNonNull(object).getPath().substring(1);
    }

    private CutFilms worker(Editor editor) {
        return worker(editor, DataSize.ofMegabytes(1));
    }

    private CutFilms worker(Editor editor, DataSize free) {
        return new CutFilms(
                ledger,
                editor,
                new Storage(ledger, objects, films, cache),
                folders,
                new DiskSpace(cache, free),
                context.getBean(CuttingSettings.class));
    }

    /** Gives the row to a worker, as the next epoch. */
    private Lease lease(long epoch) {
        database.sql("update leased_work set owner = 'b', epoch = :epoch where queue = 'cut' and key = :key")
                .bind("epoch", epoch)
                .bind("key", cut.toString())
                .then()
                .block();
        return new Lease(AssembleFilms.QUEUE, cut.toString(), "b", epoch, 1);
    }

    private String phase() {
        return database.sql("select phase from assembly where job_id = :job")
                .bind("job", job)
                .map(row -> row.get(0, String.class))
                .one()
                .defaultIfEmpty("unknown")
                .block();
    }

    private String owner() {
        return database.sql("select coalesce(owner, 'nobody') from leased_work where queue = 'cut' and key = :key")
                .bind("key", cut.toString())
                .map(row -> row.get(0, String.class))
                .one()
                .defaultIfEmpty("gone")
                .block();
    }

    private List<String> keptFilms() {
        return database.sql("select name from object_claim where job_id = :job")
                .bind("job", job)
                .map(row -> row.get(0, String.class))
                .all()
                .collectList()
                .block();
    }

    private FilmPublished published() {
        return await().until(() -> heard(FilmPublished.class), Optional::isPresent)
                .orElseThrow();
    }

    private <T> Optional<T> heard(Class<T> type) {
        return wire.heardOf(job).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    /** Cuts by writing a text, and lets something happen before it is done. */
    private static final class FakeEditor implements Editor {

        private final String film;
        private final Event meanwhile;
        private final List<Path> material = new ArrayList<>();
        private Path folder;

        interface Event {
            void happen() throws IOException;
        }

        FakeEditor(String film, Event meanwhile) {
            this.film = film;
            this.meanwhile = meanwhile;
        }

        @Override
        public CutFilm cut(EditList edits, Shelf shelf, Room room) throws IOException {
            folder = room.folder();
            for (var object : edits.material()) {
                shelf.material(object).ifPresent(material::add);
            }
            meanwhile.happen();
            var picture = Files.writeString(folder.resolve("poster.jpg"), "poster of " + film);
            return new CutFilm(
                    Files.writeString(folder.resolve("film.mp4"), film),
                    picture,
                    1920,
                    1080,
                    edits.frames(),
                    "copy",
                    List.of());
        }

        @Override
        public Shown show(EditList edits, @Nullable Path poster, Shelf shelf, Room room) throws IOException {
            folder = room.folder();
            meanwhile.happen();
            var made = Files.writeString(folder.resolve("shown"), "beside " + film);
            return new Shown(List.of(), poster == null ? made : poster, made, made, made);
        }

        @Override
        public Optional<Reel> prepare(EditList edits, UUID takeId, Effort effort, Shelf shelf, Room room) {
            return Optional.empty();
        }

        Path folder() {
            return folder;
        }
    }
}
