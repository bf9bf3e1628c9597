package io.showreel.asset.media;

import io.showreel.asset.Caller;
import io.showreel.asset.media.ImportedList.Failure;
import io.showreel.web.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes in forms of many files. Files are kept while the next ones still come, in groups that ask the database once;
 * their rows are written together at the end, so that a form that breaks off leaves none. One that can't be taken harms
 * no other.
 */
@Service
class ManyUploads {

    /** Kept at the same time. */
    private static final int GROUP = 8;

    /** One group is kept while the next gathers. */
    private static final int GROUPS = 2;

    private final UploadSettings settings;
    private final Intake intake;
    private final Assets assets;

    ManyUploads(UploadSettings settings, Intake intake, Assets assets) {
        this.settings = settings;
        this.intake = intake;
        this.assets = assets;
    }

    /** What became of one file: its bytes are kept, or it failed. */
    private record Outcome(@Nullable Kept kept, @Nullable Failure failure) {}

    Mono<ImportedList> take(Flux<PartEvent> parts, Caller caller, Function<Asset, AssetView> view) {
        return Mono.using(() -> new Bundle(settings), bundle -> parts.publishOn(Uploads.WRITERS, Uploads.IN_FLIGHT)
                .<Bundle.Item>handle((piece, files) -> {
                    var item = bundle.take(piece);
                    if (item != null) {
                        files.next(item);
                    }
                })
                .doOnDiscard(PartEvent.class, piece -> DataBufferUtils.release(piece.content()))
                .buffer(GROUP)
                .flatMapSequential(group -> keep(group, bundle, caller), GROUPS, 1)
                .concatMapIterable(Function.identity())
                .collectList()
                .flatMap(outcomes -> {
                    bundle.finish();
                    return add(outcomes, view);
                }));
    }

    private Mono<List<Outcome>> keep(List<Bundle.Item> group, Bundle bundle, Caller caller) {
        var uploads = new ArrayList<Upload>();
        for (var item : group) {
            if (item instanceof Bundle.Arrived arrived) {
                uploads.add(arrived.upload());
            }
        }
        return intake.keepAll(uploads, caller)
                .map(kept -> inOrder(group, kept))
                // Whatever one file lacks is in its own outcome; they all have the same owner.
                .onErrorResume(ApiException.class, nobody -> {
                    bundle.refuse(nobody);
                    return Mono.empty();
                })
                .doFinally(end -> uploads.forEach(bundle::release));
    }

    private static List<Outcome> inOrder(List<Bundle.Item> group, List<Intake.Outcome> kept) {
        var next = kept.iterator();
        return group.stream()
                .map(item -> switch (item) {
                    case Bundle.Refused refused -> new Outcome(null, Failure.of(refused.name(), refused.because()));
                    case Bundle.Arrived arrived -> outcome(arrived.name(), next.next());
                })
                .toList();
    }

    private static Outcome outcome(String name, Intake.Outcome kept) {
        var trouble = kept.trouble();
        return trouble == null ? new Outcome(kept.kept(), null) : new Outcome(null, Failure.of(name, trouble));
    }

    private Mono<ImportedList> add(List<Outcome> outcomes, Function<Asset, AssetView> view) {
        var kept = new ArrayList<Kept>();
        var failures = new ArrayList<Failure>();
        for (var outcome : outcomes) {
            if (outcome.kept() != null) {
                kept.add(outcome.kept());
            }
            if (outcome.failure() != null) {
                failures.add(outcome.failure());
            }
        }
        return assets.addAll(kept)
                .map(added -> ImportedList.of(added.stream().map(view).toList(), failures));
    }
}
