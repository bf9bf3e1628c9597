package io.showreel.asset.media;

import io.showreel.objects.ObjectNotFoundException;
import io.showreel.objects.ObjectStore;
import io.showreel.web.ApiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Makes the thumbnails that no upload waited for: at once when somebody asks for one, and otherwise when uploads pause.
 * Made twice at once, they are the same object.
 */
@Service
class LateThumbnails {

    private static final Logger log = LoggerFactory.getLogger(LateThumbnails.class);
    private static final Scheduler MAKERS = Schedulers.newBoundedElastic(4, 10_000, "thumbnails", 30, true);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int BATCH = 20;
    /** So many times the pause that is waited for; then a thumbnail is made in the midst of uploads. */
    private static final int LONGEST = 20;

    private final UploadSettings settings;
    private final Thumbnails thumbnails;
    private final Intake intake;
    private final Assets assets;
    private final ObjectStore objects;

    LateThumbnails(UploadSettings settings, Thumbnails thumbnails, Intake intake, Assets assets, ObjectStore objects) {
        this.settings = settings;
        this.thumbnails = thumbnails;
        this.intake = intake;
        this.assets = assets;
        this.objects = objects;
    }

    /** The asset's thumbnail, made if it is due; empty if there is none and can be none. */
    Mono<Thumbnail> of(Asset asset) {
        var there = asset.thumbnail();
        if (there != null || !asset.thumbnailDue()) {
            return Mono.justOrEmpty(there);
        }
        return Mono.using(() -> new Draft(asset), draft -> Mono.fromCallable(draft::make)
                        .flatMap(intake::keepLate)
                        .flatMap(
                                made -> assets.settleThumbnail(asset.id(), made).thenReturn(made))
                        .switchIfEmpty(Mono.defer(
                                () -> assets.settleThumbnail(asset.id(), null).then(Mono.empty()))))
                .subscribeOn(MAKERS);
    }

    /** All that are due once no upload has come for a while, one after the other. Blocks. */
    void makeDue() {
        var quiet = settings.thumbnailsAfter();
        for (var some = due(quiet); !some.isEmpty(); some = due(quiet)) {
            some.forEach(asset -> of(asset).block(PATIENCE));
        }
    }

    private List<Asset> due(Duration quiet) {
        return Objects.requireNonNull(assets.withThumbnailDue(quiet, quiet.multipliedBy(LONGEST), BATCH)
                .collectList()
                .block(PATIENCE));
    }

    /** The files that it takes. */
    private final class Draft implements AutoCloseable {

        private final Asset asset;
        private final Path photo;
        private @Nullable Path picture;

        Draft(Asset asset) throws IOException {
            this.asset = asset;
            this.photo = SpoolFolder.newFile(settings.folder());
        }

        /** Null if the bytes are gone, or nobody can decode them. */
        @Nullable
        Path make() throws IOException, InterruptedException {
            try {
                objects.fetch(asset.object(), photo);
                var file = new Spool.Spooled(photo, asset.size(), asset.sha256(), format());
                picture = thumbnails.ofImage(file, Picture.read(file));
            } catch (ObjectNotFoundException | ApiException e) {
                log.warn("Asset {} gets no thumbnail: {}", asset.id(), e.getMessage());
            }
            return picture;
        }

        private MediaFormat format() {
            return Arrays.stream(MediaFormat.values())
                    .filter(format -> format.contentType().equals(asset.contentType()))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(photo);
            if (picture != null) {
                Files.deleteIfExists(picture);
            }
        }
    }
}
