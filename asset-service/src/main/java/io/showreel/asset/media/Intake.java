package io.showreel.asset.media;

import io.showreel.asset.Caller;
import io.showreel.asset.sweep.DoomedObjects;
import io.showreel.objects.ObjectStore;
import io.showreel.web.ApiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Looks a file over and keeps it, wherever it came from. Whatever may refuse it, its content or its owner, is asked
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
        return Mono.using(() -> inspection.look(upload.file()), seen -> Mono.fromCallable(
                                () -> hashes(upload.file(), seen))
                        .flatMap(hashes -> assets.claim(upload.draft(), caller, hashes))
                        .publishOn(KEEPERS)
                        .flatMap(owned -> keep(new Upload(owned, upload.file(), upload.sourceUrl()), seen)))
                .subscribeOn(KEEPERS);
    }

    /**
     * The same for several files of one owner, with one question to the database. An owner that isn't there is an error;
     * what a file lacks is told in its own outcome, in their order.
     */
    Mono<List<Outcome>> keepAll(List<Upload> uploads, Caller caller) {
        if (uploads.isEmpty()) {
            return Mono.just(List.of());
        }
        return Mono.using(Looks::new, looks -> Flux.fromIterable(uploads)
                .flatMapSequential(
                        upload -> Mono.fromCallable(() -> looks.look(upload)).subscribeOn(KEEPERS))
                .collectList()
                .flatMap(seen -> assets.claim(uploads.getFirst().draft(), caller, looks.hashes())
                        .map(owned -> Objects.requireNonNull(owned.clientId()))
                        .flatMap(client -> Flux.fromIterable(seen)
                                .flatMapSequential(look -> keep(look, client))
                                .collectList())));
    }

    /** What became of one of several: kept, or not. */
    record Outcome(@Nullable Kept kept, @Nullable Exception trouble) {}

    private record Look(
            Upload upload,
            @Nullable Inspected seen,
            @Nullable Exception trouble) {}

    /** What several files look like, for as long as that is needed. */
    private final class Looks implements AutoCloseable {

        private final List<Inspected> all = new ArrayList<>();
        private final List<String> hashes = new ArrayList<>();
        private boolean closed;

        Look look(Upload upload) throws InterruptedException {
            try {
                var seen = inspection.look(upload.file());
                add(seen, Intake.hashes(upload.file(), seen));
                return new Look(upload, seen, null);
            } catch (IOException | ApiException e) {
                return new Look(upload, null, e);
            }
        }

        /** Whoever sent the files may be gone by now. */
        private synchronized void add(Inspected seen, List<String> hashesOfIt) throws IOException {
            if (closed) {
                seen.close();
            }
            all.add(seen);
            hashes.addAll(hashesOfIt);
        }

        synchronized List<String> hashes() {
            return List.copyOf(hashes);
        }

        @Override
        public synchronized void close() throws IOException {
            closed = true;
            for (var seen : all) {
                seen.close();
            }
        }
    }

    private Mono<Outcome> keep(Look look, UUID client) {
        var seen = look.seen();
        return seen == null
                ? Mono.just(new Outcome(null, look.trouble()))
                : keep(look.upload().ownedBy(client), seen)
                        .map(kept -> new Outcome(kept, null))
                        .onErrorResume(Exception.class, trouble -> Mono.just(new Outcome(null, trouble)));
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
