package io.showreel.asset.media;

import io.showreel.asset.Caller;
import io.showreel.asset.sweep.DoomedObjects;
import io.showreel.objects.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Looks a file over and keeps it, wherever it came from. Whatever may refuse it, its owner or its content, is asked
 * before its bytes are kept, so that a refused file leaves no object.
 */
@Service
class Intake {

    private static final String FILES = "assets";
    private static final String THUMBNAILS = "thumbnails";

    private static final Scheduler KEEPERS = Schedulers.newBoundedElastic(32, 10_000, "keepers", 30, true);

    private final Inspection inspection;
    private final DoomedObjects doomed;
    private final ObjectStore objects;
    private final Assets assets;

    Intake(Inspection inspection, DoomedObjects doomed, ObjectStore objects, Assets assets) {
        this.inspection = inspection;
        this.doomed = doomed;
        this.objects = objects;
        this.assets = assets;
    }

    /** Everything but the row. */
    Mono<Kept> keep(Upload upload, Caller caller) {
        return assets.withOwner(upload.draft(), caller)
                .map(owned -> new Upload(owned, upload.file(), upload.sourceUrl()))
                .flatMap(owned -> Mono.using(() -> inspection.look(owned.file()), found -> Mono.fromCallable(
                                        () -> hashes(owned.file(), found))
                                .flatMap(doomed::spare)
                                .then(Mono.defer(() -> keep(owned, found))))
                        .subscribeOn(KEEPERS));
    }

    /** Both objects at once: the store, not this machine, takes the time. */
    private Mono<Kept> keep(Upload upload, Inspected seen) {
        var file = upload.file();
        var object = Mono.fromCallable(
                        () -> objects.keep(FILES, file.file(), file.format().contentType(), file.sha256()))
                .subscribeOn(KEEPERS);
        var picture = seen.thumbnail();
        if (picture == null) {
            return object.map(
                    kept -> new Kept(upload, seen.dimensions(), seen.duration(), kept, null, seen.thumbnailDue()));
        }
        return object.zipWith(
                Mono.fromCallable(() -> keepThumbnail(picture)).subscribeOn(KEEPERS),
                (kept, thumbnail) -> new Kept(upload, seen.dimensions(), seen.duration(), kept, thumbnail, false));
    }

    /** A thumbnail that was made later. Its bytes are kept like any others, so their mark is taken off before. */
    Mono<Thumbnail> keepLate(Path picture) {
        return Mono.fromCallable(() -> List.of(hash(picture)))
                .flatMap(hashes -> doomed.spare(hashes).thenReturn(hashes))
                .publishOn(KEEPERS)
                .flatMap(hashes -> Mono.fromCallable(() -> keepThumbnail(picture)));
    }

    private static List<String> hashes(Spool.Spooled file, Inspected seen) throws IOException {
        var picture = seen.thumbnail();
        return picture == null ? List.of(file.sha256()) : List.of(file.sha256(), hash(picture));
    }

    private static String hash(Path picture) throws IOException {
        return Spool.hex(Spool.sha256().digest(Files.readAllBytes(picture)));
    }

    private Thumbnail keepThumbnail(Path picture) throws IOException {
        return new Thumbnail(objects.keep(THUMBNAILS, picture, Thumbnail.CONTENT_TYPE), Files.size(picture));
    }
}
