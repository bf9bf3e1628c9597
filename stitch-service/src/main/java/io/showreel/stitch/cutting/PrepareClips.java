package io.showreel.stitch.cutting;

import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseWorker;
import io.showreel.objects.ObjectNotFoundException;
import io.showreel.objects.ObjectStoreException;
import io.showreel.stitch.assembly.TakeOfCut;
import io.showreel.stitch.cutting.Editor.Room;
import io.showreel.stitch.cutting.Editor.StoppedException;
import io.showreel.stitch.cutting.Editor.Urgency;
import io.showreel.stitch.cutting.PreparationLedger.Preparation;
import io.showreel.stitch.cutting.StoredShelf.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Does for one clip what its film is going to need, while others are still rendered. Nobody depends on it: the cutting
 * does what it doesn't find done, and waits for what this process is about to have done.
 */
class PrepareClips implements LeaseWorker.Work {

    private static final Logger LOG = LoggerFactory.getLogger(PrepareClips.class);
    private static final Duration LATER = Duration.ofSeconds(10);

    private final PreparationLedger ledger;
    private final Editor editor;
    private final Storage storage;
    private final WorkFolders folders;
    private final DiskSpace space;
    private final int attempts;

    /** @param attempts until a clip is left to the cutting */
    PrepareClips(
            PreparationLedger ledger,
            Editor editor,
            Storage storage,
            WorkFolders folders,
            DiskSpace space,
            int attempts) {
        this.ledger = ledger;
        this.editor = editor;
        this.storage = storage;
        this.folders = folders;
        this.space = space;
        this.attempts = attempts;
    }

    @Override
    public void run(Lease lease) throws IOException, InterruptedException {
        var take = TakeOfCut.parse(lease.key());
        try (var ignored = ledger.errand(take)) {
            prepare(lease, take);
        }
    }

    private void prepare(Lease lease, TakeOfCut take) throws IOException, InterruptedException {
        var preparation = ledger.begin(lease, take);
        if (preparation.isPresent()) {
            var folder = folders.create(take.cut(), lease.epoch());
            try {
                prepare(lease, take, preparation.get(), folder);
            } finally {
                FileSystemUtils.deleteRecursively(folder);
            }
        }
    }

    private void prepare(Lease lease, TakeOfCut take, Preparation preparation, Path folder)
            throws IOException, InterruptedException {
        try {
            space.require(
                    folder, storage.objects().stat(preparation.shot().clip()).size());
            var shelf = new StoredShelf(lease, take.cut(), folder, storage);
            var reel = editor.prepare(
                    preparation.edits(),
                    take.takeId(),
                    preparation.effort(),
                    shelf,
                    new Room(folder, new LeaseWatch(lease, percent -> ledger.isWanted(take)), preparation.urgency()));
            ledger.prepared(
                    lease,
                    take,
                    preparation.shot().sceneId(),
                    reel.flatMap(made -> shelf.addressOf(made.stillsOfIt().best())));
        } catch (StoppedException e) {
            LOG.info("Stopped preparing {}: {}", take, e.getMessage());
            if (preparation.urgency() == Urgency.IDLE) {
                ledger.putOff(lease, LATER);
            } else {
                ledger.leave(lease);
            }
        } catch (ObjectNotFoundException e) {
            LOG.warn("{} has no clip any more", take);
            ledger.leave(lease);
        } catch (ObjectStoreException | NoSpaceException e) {
            LOG.warn("Preparing {} waits {}: {}", take, LATER, e.getMessage());
            ledger.putOff(lease, LATER);
        } catch (IOException e) {
            if (lease.attempts() < attempts) {
                throw e;
            }
            LOG.warn("Leaving {} to the cutting", take, e);
            ledger.leave(lease);
        }
    }
}
