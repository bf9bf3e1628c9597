package io.showreel.stitch.cutting;

import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseLostException;
import io.showreel.objects.ObjectNotFoundException;
import io.showreel.objects.ObjectStore;
import io.showreel.stitch.assembly.CutId;
import io.showreel.stitch.cutting.Reel.Stills;
import io.showreel.stitch.filmstore.FilmStore;
import io.showreel.stitch.filmstore.FilmStore.Named;
import io.showreel.stitch.filmstore.KeptReels.KeptReel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The object store and its local cache, as one lease of a cut sees them. */
final class StoredShelf implements Shelf {

    private final Lease lease;
    private final CutId cut;
    private final Path folder;
    private final Storage storage;
    private final AtomicInteger files = new AtomicInteger();
    private final Map<String, Reel> reels = new ConcurrentHashMap<>();
    private final Map<Path, URI> addresses = new ConcurrentHashMap<>();

    /** What all cuts share. */
    record Storage(CutLedger ledger, ObjectStore objects, FilmStore films, MediaCache cache) {}

    StoredShelf(Lease lease, CutId cut, Path folder, Storage storage) {
        this.lease = lease;
        this.cut = cut;
        this.folder = folder;
        this.storage = storage;
    }

    @Override
    public Optional<Path> material(URI object) throws IOException {
        try {
            return Optional.of(fetched(object, "material"));
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Reel> find(String key) throws IOException {
        var known = reels.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        var kept = storage.ledger().claimReel(lease, cut, key);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        try {
            var reel = read(kept.get());
            reels.put(key, reel);
            return Optional.of(reel);
        } catch (ObjectNotFoundException gone) {
            return Optional.empty();
        }
    }

    @Override
    public void keep(String key, @Nullable URI original, Reel reel) throws IOException {
        var files = new ArrayList<Named>();
        var stills = reel.stillsOfIt();
        files.add(storage.films().thumbnail(stills.best()));
        files.add(storage.films().strip(stills.strip()));
        if (original == null) {
            files.add(storage.films().reel(reel.file()));
        }
        var names = files.stream().map(Named::name).toList();
        storage.ledger().claim(lease, cut, names);
        try {
            var objects = new ArrayList<URI>();
            for (var file : files) {
                objects.add(keep(file));
            }
            var kept = new KeptReel(
                    original == null ? objects.getLast() : original,
                    original == null,
                    reel.footage(),
                    reel.contents(),
                    objects.get(0),
                    stills.score(),
                    objects.get(1),
                    stills.tiles(),
                    stills.step());
            storage.ledger().keepReel(lease, cut, key, kept);
        } catch (LeaseLostException e) {
            storage.ledger().recheck(cut, names);
            throw e;
        }
        reels.put(key, reel);
    }

    /** Where a file that was found or kept here lies in the object store. */
    Optional<URI> addressOf(Path file) {
        return Optional.ofNullable(addresses.get(file));
    }

    private URI keep(Named named) throws IOException {
        var object = storage.films().keep(named);
        storage.cache().put(object, named.file());
        addresses.put(named.file(), object);
        return object;
    }

    private Reel read(KeptReel kept) throws IOException {
        return new Reel(
                fetched(kept.file(), "reel"),
                kept.footage(),
                kept.contents(),
                new Stills(
                        fetched(kept.best(), "best"),
                        kept.score(),
                        fetched(kept.strip(), "strip"),
                        kept.tiles(),
                        kept.step()));
    }

    private Path fetched(URI object, String name) throws IOException {
        var file = folder.resolve("%s-%d".formatted(name, files.incrementAndGet()));
        if (!storage.cache().link(object, file)) {
            storage.objects().fetch(object, file);
            storage.cache().put(object, file);
        }
        addresses.put(file, object);
        return file;
    }
}
