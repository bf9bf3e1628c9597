package io.showreel.stitch.cutting;

import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseLostException;
import io.showreel.messaging.LeaseWorker;
import io.showreel.objects.ObjectNotFoundException;
import io.showreel.objects.ObjectStore;
import io.showreel.objects.ObjectStoreException;
import io.showreel.stitch.assembly.CutId;
import io.showreel.stitch.assembly.Film;
import io.showreel.stitch.cutting.Editor.CutFilm;
import io.showreel.stitch.cutting.Editor.StoppedException;
import io.showreel.stitch.cutting.Editor.Watch;
import io.showreel.stitch.filmstore.FilmStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts one film under a lease: fetches the material, cuts, checks, keeps, publishes. A worker that dies leaves its lease
 * to the next one, which begins anew and arrives at the same bytes.
 */
class CutFilms implements LeaseWorker.Work {

    private static final Logger LOG = LoggerFactory.getLogger(CutFilms.class);

    /** Copies, parts, the film before and after its sound: a cut needs its material's size a few times. */
    private static final int SPACE_FACTOR = 4;

    private static final Duration WHILE_STORAGE_FAILS = Duration.ofSeconds(10);

    private final CutLedger ledger;
    private final Editor editor;
    private final ObjectStore objects;
    private final FilmStore films;
    private final WorkFolders folders;
    private final CuttingSettings settings;

    CutFilms(
            CutLedger ledger,
            Editor editor,
            ObjectStore objects,
            FilmStore films,
            WorkFolders folders,
            CuttingSettings settings) {
        this.ledger = ledger;
        this.editor = editor;
        this.objects = objects;
        this.films = films;
        this.folders = folders;
        this.settings = settings;
    }

    @Override
    public void run(Lease lease) throws IOException, InterruptedException {
        var cut = CutId.parse(lease.key());
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
                WorkFolders.remove(folder);
            }
        }
    }

    private void cut(Lease lease, CutId cut, EditList edits, Path folder) throws IOException, InterruptedException {
        try {
            var watch = new LeaseWatch(lease, cut, ledger);
            var film = editor.cut(edits, fetch(edits, folder, watch), folder, watch);
            publish(lease, cut, edits, film);
        } catch (CannotCutException e) {
            LOG.warn("No film of {}: {}", cut, e.reason());
            ledger.giveUp(lease, cut, e.code(), e.reason());
        } catch (StoppedException e) {
            LOG.info("Stopped cutting {}: {}", cut, e.getMessage());
            if (ledger.begin(lease, cut).isPresent()) {
                throw e;
            }
        } catch (ObjectStoreException | NoSpaceException e) {
            // Neither says anything about the clips, so neither is counted among the attempts.
            LOG.warn("{} waits {}: {}", cut, WHILE_STORAGE_FAILS, e.getMessage());
            ledger.putOff(lease, cut, WHILE_STORAGE_FAILS);
        } catch (IOException e) {
            if (lease.attempts() < settings.attempts()) {
                throw e;
            }
            LOG.error("No film of {} after {} attempts", cut, lease.attempts(), e);
            ledger.giveUp(lease, cut, "cutting_failed", "The film could not be cut, even after several attempts.");
        }
    }

    private Map<URI, Path> fetch(EditList edits, Path folder, Watch watch) throws IOException {
        var sizes = new HashMap<URI, Long>();
        for (var object : edits.material()) {
            try {
                sizes.put(object, objects.stat(object).size());
            } catch (ObjectNotFoundException e) {
                LOG.warn("{} is gone", object);
            }
        }
        requireSpace(folder, sizes.values().stream().mapToLong(Long::longValue).sum());

        var files = new HashMap<URI, Path>();
        for (var object : sizes.keySet()) {
            watch.at(0);
            var file = folder.resolve("material-" + files.size());
            objects.fetch(object, file);
            files.put(object, file);
        }
        return files;
    }

    private void requireSpace(Path folder, long material) throws IOException {
        long wanted = material * SPACE_FACTOR + settings.freeSpace().toBytes();
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < wanted) {
            throw new NoSpaceException("%s has %d bytes left, cutting needs %d".formatted(folder, free, wanted));
        }
    }

    private void publish(Lease lease, CutId cut, EditList edits, CutFilm made) throws IOException {
        var film = films.film(made.film());
        var poster = films.poster(made.poster());
        var names = List.of(film.name(), poster.name());
        ledger.claim(lease, cut, names);
        try {
            var published = new Film(
                    films.keep(film),
                    films.keep(poster),
                    film.sha256(),
                    film.size(),
                    made.width(),
                    made.height(),
                    made.frames(),
                    edits.length(),
                    edits.missingScenes(),
                    made.way());
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

    /** The disk is too full for this cut; what is deleted meanwhile may let it through. */
    private static final class NoSpaceException extends RuntimeException {
        NoSpaceException(String message) {
            super(message);
        }
    }
}
