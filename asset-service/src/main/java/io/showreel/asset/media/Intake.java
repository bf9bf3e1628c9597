package io.showreel.asset.media;

import io.showreel.asset.Caller;
import io.showreel.objects.ObjectStore;
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

    private static final String PREFIX = "assets";

    private static final Scheduler KEEPERS = Schedulers.newBoundedElastic(32, 10_000, "keepers", 30, true);

    private final ObjectStore objects;
    private final Assets assets;

    Intake(ObjectStore objects, Assets assets) {
        this.objects = objects;
        this.assets = assets;
    }

    /** Everything but the row. */
    Mono<Kept> keep(Upload upload, Caller caller) {
        return assets.withOwner(upload.draft(), caller)
                .map(owned -> new Upload(owned, upload.file(), upload.sourceUrl()))
                .flatMap(owned -> Mono.fromCallable(() -> keep(owned)).subscribeOn(KEEPERS));
    }

    private Kept keep(Upload upload) {
        var file = upload.file();
        var dimensions = file.format().type() == AssetType.IMAGE ? ImageHeader.read(file.file(), file.format()) : null;
        return new Kept(
                upload,
                dimensions,
                objects.keep(PREFIX, file.file(), file.format().contentType()));
    }
}
