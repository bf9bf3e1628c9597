package io.showreel.stitch.cutting;

import io.showreel.contracts.video.VideoEvent.Showcase;
import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseLostException;
import io.showreel.messaging.LeaseWorker;
import io.showreel.objects.ObjectStoreException;
import io.showreel.stitch.assembly.CutId;
import io.showreel.stitch.cutting.CutLedger.Showing;
import io.showreel.stitch.cutting.Editor.Room;
import io.showreel.stitch.cutting.Editor.Shown;
import io.showreel.stitch.cutting.Editor.StoppedException;
import io.showreel.stitch.cutting.Editor.Urgency;
import io.showreel.stitch.cutting.StoredShelf.Storage;
import io.showreel.stitch.editing.CannotCutException;
import io.showreel.stitch.editing.EditList;
import io.showreel.stitch.editing.EditList.Shot;
import io.showreel.stitch.filmstore.FilmStore.Named;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Makes what a player shows before and beside a film, once the film is published: nobody has to wait for a film because
 * pictures are still chosen for it.
 */
class ShowFilms implements LeaseWorker.Work {

    private static final Logger LOG = LoggerFactory.getLogger(ShowFilms.class);
    private static final Duration LATER = Duration.ofSeconds(10);

    private final CutLedger ledger;
    private final Editor editor;
    private final Storage storage;
    private final WorkFolders folders;
    private final CuttingSettings settings;

    ShowFilms(CutLedger ledger, Editor editor, Storage storage, WorkFolders folders, CuttingSettings settings) {
        this.ledger = ledger;
        this.editor = editor;
        this.storage = storage;
        this.folders = folders;
        this.settings = settings;
    }

    @Override
    public void run(Lease lease) throws IOException, InterruptedException {
        var cut = CutId.parse(lease.key());
        try (var ignored = ledger.errand("show film", cut)) {
            var showing = ledger.beginShowing(lease, cut);
            if (showing.isPresent()) {
                show(lease, cut, showing.get());
            }
        }
    }

    private void show(Lease lease, CutId cut, Showing showing) throws IOException, InterruptedException {
        var folder = folders.create(cut, lease.epoch());
        try {
            show(lease, cut, showing, folder);
        } catch (CannotCutException e) {
            LOG.warn("Nothing to show of {}: {}", cut, e.reason());
            ledger.leaveUnshown(lease, cut);
        } catch (StoppedException e) {
            LOG.info("Stopped showing {}: {}", cut, e.getMessage());
            ledger.leaveUnshown(lease, cut);
        } catch (ObjectStoreException | NoSpaceException e) {
            LOG.warn("Showing {} waits {}: {}", cut, LATER, e.getMessage());
            ledger.putOff(lease, cut, LATER);
        } catch (IOException e) {
            if (lease.attempts() < settings.attempts()) {
                throw e;
            }
            LOG.error("{} is not shown after {} attempts", cut, lease.attempts(), e);
            ledger.leaveUnshown(lease, cut);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private void show(Lease lease, CutId cut, Showing showing, Path folder) throws IOException, InterruptedException {
        var shelf = new StoredShelf(lease, cut, folder, storage);
        var watch = new LeaseWatch(lease, percent -> ledger.isPublished(cut));
        var edits = showing.edits();
        var poster = showing.poster() == null
                ? null
                : shelf.material(showing.poster()).orElse(null);
        var shown = editor.show(edits, poster, shelf, new Room(folder, watch, Urgency.SOON));
        var films = storage.films();
        var thumbnail = films.poster(shown.poster());
        var webp = films.webp(shown.webp());
        var sprite = films.sprite(shown.sprite());
        var track = films.track(shown.track());
        var names = Stream.of(thumbnail, webp, sprite, track).map(Named::name).toList();
        ledger.claim(lease, cut, names);
        try {
            var showcase = new Showcase(films.keep(webp), films.keep(sprite), films.keep(track));
            var told = ledger.shown(
                    lease,
                    cut,
                    films.keep(thumbnail),
                    showcase,
                    thumbnails(edits, shown, shelf),
                    settings.prepareAhead());
            LOG.info(told ? "{} can be shown" : "{} is gone before it could be shown", cut);
        } catch (LeaseLostException e) {
            ledger.recheck(cut, names);
            throw e;
        }
    }

    private static Map<Shot, URI> thumbnails(EditList edits, Shown shown, StoredShelf shelf) {
        var thumbnails = new LinkedHashMap<Shot, URI>();
        for (int i = 0; i < shown.reels().size(); i++) {
            var shot = edits.shots().get(i);
            shelf.addressOf(shown.reels().get(i).stillsOfIt().best())
                    .ifPresent(picture -> thumbnails.put(shot, picture));
        }
        return thumbnails;
    }
}
