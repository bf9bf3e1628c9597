package io.showreel.asset.media;

import io.showreel.asset.Caller;
import java.io.IOException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Takes uploads in: to disk first, as fast as the disk takes them, then to the object store, and last into the
 * database. An upload that breaks off at any point leaves neither a row nor a file behind.
 */
@Service
class Uploads {

    /** Pieces on their way between network and disk; the sender waits for the rest to be taken. */
    static final int IN_FLIGHT = 4;

    static final Scheduler WRITERS = Schedulers.newBoundedElastic(32, 10_000, "uploads", 30, true);

    private final UploadSettings settings;
    private final Intake intake;
    private final Imports imports;
    private final Assets assets;

    Uploads(UploadSettings settings, Intake intake, Imports imports, Assets assets) throws IOException {
        this.settings = settings;
        this.intake = intake;
        this.imports = imports;
        this.assets = assets;
        SpoolFolder.sweep(settings.folder());
    }

    Mono<Asset> take(Flux<PartEvent> parts, Caller caller) {
        return Mono.using(() -> new Reception(settings), reception -> parts.publishOn(WRITERS, IN_FLIGHT)
                .doOnNext(reception::take)
                .doOnDiscard(PartEvent.class, piece -> DataBufferUtils.release(piece.content()))
                .then(Mono.fromCallable(reception::finish))
                .flatMap(received -> switch (received) {
                    case Reception.Arrived file ->
                        intake.keep(file.upload(), caller).flatMap(assets::add);
                    case Reception.Described elsewhere -> imports.take(elsewhere.description(), caller, assets::add);
                }));
    }
}
