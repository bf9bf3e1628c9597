package io.showreel.stitch.cutting;

import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseLostException;
import io.showreel.messaging.LeaseWorker;
import io.showreel.objects.ObjectNotFoundException;
import io.showreel.objects.ObjectStoreException;
import io.showreel.stitch.assembly.CutId;
import io.showreel.stitch.assembly.Film;
import io.showreel.stitch.cutting.Editor.CutFilm;
import io.showreel.stitch.cutting.Editor.Room;
import io.showreel.stitch.cutting.Editor.StoppedException;
import io.showreel.stitch.cutting.Editor.Urgency;
import io.showreel.stitch.cutting.StoredShelf.Storage;
import io.showreel.stitch.editing.CannotCutException;
import io.showreel.stitch.editing.EditList;
import io.showreel.stitch.filmstore.FilmStore;
import io.showreel.stitch.filmstore.FilmStore.Named;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Cuts one film under a lease: fetches the material, cuts, checks, keeps, publishes. A worker that dies leaves its lease
 * to the next one, which begins anew and arrives at the same bytes.
 */
class CutFilms implements LeaseWorker.Work {

    private static final Logger LOG = LoggerFactory.getLogger(CutFilms.class);

    private static final Duration WHILE_STORAGE_FAILS = Duration.ofSeconds(10);

    private final CutLedger ledger;
    private final Editor editor;
    private final Storage storage;
    private final FilmStore films;
    private final WorkFolders folders;
    private final DiskSpace space;
    private final CuttingSettings settings;
    private final Set<CutId> held = ConcurrentHashMap.newKeySet();

    CutFilms(
            CutLedger ledger,
            Editor editor,
            Storage storage,
            WorkFolders folders,
            DiskSpace space,
            CuttingSettings settings) {
        this.ledger = ledger;
        this.editor = editor;
        this.storage = storage;
        this.films = storage.films();
        this.folders = folders;
        this.space = space;
        this.settings = settings;
    }

    @Override
    public void run(Lease lease) throws IOException, InterruptedException {
        var cut = CutId.parse(lease.key());
        try (var ignored = ledger.errand("cut film", cut)) {
            cut(lease, cut);
        }
    }

    private void cut(Lease lease, CutId cut) throws IOException, InterruptedException {
        var edits = ledger.begin(lease, cut);
        if (edits.isPresent()) {
            LOG.info(
                    "Cutting {}: {} scenes, {} frames",
                    cut,
                    edits.get().shots().size(),
                    edits.get().frames());
            var folder = folders.create(cut, lease.epoch());
            try {
                cut(lease, cut, edits.get(), folder);
            } finally {
                FileSystemUtils.deleteRecursively(folder);
            }
        }
    }

    private void cut(Lease lease, CutId cut, EditList edits, Path folder) throws IOException, InterruptedException {
        try {
            space.require(folder, sizeOf(edits));
            held.remove(cut);
            var room =
                    new Room(folder, new LeaseWatch(lease, percent -> ledger.progressed(cut, percent)), Urgency.WANTED);
            var shelf = new StoredShelf(lease, cut, folder, storage);
            var made = editor.cut(edits, shelf, room);
            publish(lease, cut, edits, made);
        } catch (CannotCutException e) {
            LOG.warn("No film of {}: {}", cut, e.reason());
            ledger.giveUp(lease, cut, e.code(), e.reason());
        } catch (StoppedException e) {
            LOG.info("Stopped cutting {}: {}", cut, e.getMessage());
            if (ledger.begin(lease, cut).isPresent()) {
                throw e;
            }
        } catch (ObjectStoreException e) {
            // Says nothing about the clips, so it isn't counted among the attempts; nor is a full disk.
            LOG.warn("{} waits {}: {}", cut, WHILE_STORAGE_FAILS, e.getMessage());
            ledger.putOff(lease, cut, WHILE_STORAGE_FAILS);
        } catch (NoSpaceException e) {
            LOG.warn("{} waits {}: {}", cut, WHILE_STORAGE_FAILS, e.getMessage());
            hold(lease, cut, e);
        } catch (IOException e) {
            if (lease.attempts() < settings.attempts()) {
                throw e;
            }
            LOG.error("No film of {} after {} attempts", cut, lease.attempts(), e);
            ledger.giveUp(lease, cut, "cutting_failed", "The film could not be cut, even after several attempts.");
        }
    }

    /** Says it once, however often the disk turns out to be full. */
    private void hold(Lease lease, CutId cut, NoSpaceException full) {
        if (held.add(cut)) {
            ledger.hold(
                    lease,
                    cut,
                    WHILE_STORAGE_FAILS,
                    "disk_full",
                    "The film waits for room on the cutting service's disk: " + full.getMessage() + ".");
        } else {
            ledger.putOff(lease, cut, WHILE_STORAGE_FAILS);
        }
    }

    private long sizeOf(EditList edits) {
        long size = 0;
        for (var object : edits.material()) {
            try {
                size += storage.objects().stat(object).size();
            } catch (ObjectNotFoundException e) {
                LOG.warn("{} is gone", object);
            }
        }
        return size;
    }

    private void publish(Lease lease, CutId cut, EditList edits, CutFilm made) throws IOException {
        var film = films.film(made.film());
        var poster = made.poster() == null ? null : films.poster(made.poster());
        var names = Stream.of(film, poster)
                .filter(Objects::nonNull)
                .map(Named::name)
                .toList();
        ledger.claim(lease, cut, names);
        try {
            var published = new Film(
                    films.keep(film),
                    poster == null ? null : films.keep(poster),
                    film.sha256(),
                    film.size(),
                    made.width(),
                    made.height(),
                    made.frames(),
                    edits.length(),
                    edits.missingScenes(),
                    made.way(),
                    made.plan());
            if (ledger.publish(lease, cut, published, names)) {
                LOG.info("Published {} by {}: {}", cut, made.way(), published.object());
            } else {
                LOG.info("The film of {} came too late", cut);
            }
        } catch (LeaseLostException e) {
            ledger.recheck(cut, names);
            throw e;
        }
    }
}
