package io.showreel.stitch.cutting;

import io.showreel.contracts.video.VideoEvent.Showcase;
import io.showreel.messaging.Errand;
import io.showreel.messaging.Lease;
import io.showreel.messaging.LeasedWork;
import io.showreel.observability.tracing.Spans;
import io.showreel.stitch.assembly.AssembleFilms;
import io.showreel.stitch.assembly.Assembly;
import io.showreel.stitch.assembly.Assembly.Fact;
import io.showreel.stitch.assembly.Claims;
import io.showreel.stitch.assembly.CutId;
import io.showreel.stitch.assembly.Film;
import io.showreel.stitch.assembly.TakeOfCut;
import io.showreel.stitch.editing.EditList;
import io.showreel.stitch.editing.EditList.Shot;
import io.showreel.stitch.filmstore.KeptReels;
import io.showreel.stitch.filmstore.KeptReels.KeptReel;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The worker's transactions. Each looks whether the cut still stands and whether the lease is still this worker's; a
 * lost lease undoes it with {@code LeaseLostException}.
 */
@Component
class CutLedger {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AssembleFilms assembling;
    private final LeasedWork work;
    private final Claims claims;
    private final KeptReels reels;
    private final TransactionalOperator transaction;
    private final Spans spans;

    CutLedger(
            AssembleFilms assembling,
            LeasedWork work,
            Claims claims,
            KeptReels reels,
            TransactionalOperator transaction,
            Spans spans) {
        this.assembling = assembling;
        this.work = work;
        this.claims = claims;
        this.reels = reels;
        this.transaction = transaction;
        this.spans = spans;
    }

    /** Until it is closed, this thread works in the name of whoever changed the cut last. */
    Errand errand(String name, CutId cut) {
        var origin = Objects.requireNonNull(assembling.origin(cut).block(PATIENCE));
        return Errand.begin(spans, name, Long.toString(cut.jobId()), origin).tag("showreel.cut", cut.toString());
    }

    /** What has to be cut; empty if nothing has to be any more, which then is settled. */
    Optional<EditList> begin(Lease lease, CutId cut) {
        var begun = assembling
                .record(cut, new Fact.CuttingBegun())
                .flatMap(now -> now instanceof Assembly.Cutting cutting
                        ? work.confirm(lease).thenReturn(EditList.of(cutting.plan(), cutting.settled()))
                        : settle(lease, cut, now).then(Mono.<EditList>empty()));
        return in(cut, begun).blockOptional(PATIENCE);
    }

    /** Announces how far the work is; false if it is in vain. */
    boolean progressed(CutId cut, int percent) {
        return Boolean.TRUE.equals(in(cut, assembling.progressed(cut, percent))
                .map(Assembly.Cutting.class::isInstance)
                .block(PATIENCE));
    }

    /** Before objects are kept: so that they are found again whatever happens next. */
    void claim(Lease lease, CutId cut, Collection<String> names) {
        in(cut, claims.claim(cut, names).then(work.confirm(lease))).block(PATIENCE);
    }

    /** Publishes the film if the cut still stands; else gives up its objects. */
    boolean publish(Lease lease, CutId cut, Film film, Collection<String> names) {
        var published = assembling.record(cut, new Fact.FilmCut(film)).flatMap(now -> {
            boolean stands =
                    now instanceof Assembly.Published done && done.film().equals(film);
            return (stands ? claims.releaseFilmsBut(cut, names).then(work.complete(lease)) : settle(lease, cut, now))
                    .thenReturn(stands);
        });
        return Boolean.TRUE.equals(in(cut, published).block(PATIENCE));
    }

    /** @param poster of the film; null if it has none yet */
    record Showing(EditList edits, @Nullable URI poster) {}

    /** The film to be shown; empty if there is none any more, or none of whose making we know. */
    Optional<Showing> beginShowing(Lease lease, CutId cut) {
        var begun = assembling
                .look(cut)
                .flatMap(now -> now instanceof Assembly.Published done && done.plan() != null
                        ? work.confirm(lease)
                                .thenReturn(new Showing(
                                        EditList.of(done.plan(), done.settled()),
                                        done.film().poster()))
                        : work.complete(lease).then(Mono.<Showing>empty()));
        return in(cut, begun).blockOptional(PATIENCE);
    }

    /** Whether the cut's film is still there. */
    boolean isPublished(CutId cut) {
        return Boolean.TRUE.equals(in(cut, assembling.look(cut).map(Assembly.Published.class::isInstance))
                .block(PATIENCE));
    }

    /**
     * Shows the film, and what was not shown yet of its clips, which it has prepared for later edits.
     *
     * @return whether it was still there to be shown
     */
    boolean shown(
            Lease lease, CutId cut, URI thumbnail, Showcase showcase, Map<Shot, URI> thumbnails, boolean prepareAhead) {
        var clips = Flux.fromIterable(thumbnails.entrySet()).concatMap(each -> {
            var take = new TakeOfCut(cut, each.getKey().takeId());
            var shown = assembling.shown(take, each.getKey().sceneId(), each.getValue());
            return prepareAhead ? shown.then(assembling.prepareAhead(take)) : shown;
        });
        var all = assembling.look(cut).flatMap(now -> {
            boolean stands = now instanceof Assembly.Published;
            var told = stands
                    ? assembling.shown(cut, thumbnail, showcase).thenMany(clips).then()
                    : Mono.<Void>empty();
            return told.then(work.complete(lease)).thenReturn(stands);
        });
        return Boolean.TRUE.equals(in(cut, all).block(PATIENCE));
    }

    /** The film goes without it. */
    void leaveUnshown(Lease lease, CutId cut) {
        in(cut, work.complete(lease)).block(PATIENCE);
    }

    /** A reel that was made before, which the cut claims from now on. */
    Optional<KeptReel> claimReel(Lease lease, CutId cut, String key) {
        return in(cut, reels.claim(cut, key).flatMap(kept -> work.confirm(lease).thenReturn(kept)))
                .blockOptional(PATIENCE);
    }

    /** Keeps a reel whose objects are kept. */
    void keepReel(Lease lease, CutId cut, String key, KeptReel reel) {
        in(cut, reels.keep(key, reel).then(work.confirm(lease))).block(PATIENCE);
    }

    /** The cut is tried again later, and this try is not counted. */
    void putOff(Lease lease, CutId cut, Duration wait) {
        in(cut, work.postpone(lease, Instant.now().plus(wait))).block(PATIENCE);
    }

    /** As {@link #putOff}, and the cut's owner is told why. */
    void hold(Lease lease, CutId cut, Duration wait, String code, String message) {
        in(
                        cut,
                        assembling
                                .held(cut, code, message)
                                .then(work.postpone(lease, Instant.now().plus(wait))))
                .block(PATIENCE);
    }

    /** There will be no film. */
    void giveUp(Lease lease, CutId cut, String code, String message) {
        in(cut, assembling.record(cut, new Fact.CuttingGivenUp(code, message)).flatMap(now -> settle(lease, cut, now)))
                .block(PATIENCE);
    }

    /** What a worker kept after its lease was over goes, unless its successor keeps the same. */
    void recheck(CutId cut, Collection<String> names) {
        in(cut, claims.recheck(names)).block(PATIENCE);
    }

    private Mono<Void> settle(Lease lease, CutId cut, Assembly now) {
        var released =
                switch (now) {
                    case Assembly.Published published -> Mono.<Void>empty();
                    case Assembly.Withdrawn withdrawn -> claims.releaseAll(cut);
                    default -> claims.releaseFilmsBut(cut, List.of());
                };
        return released.then(work.complete(lease));
    }

    private <T> Mono<T> in(CutId cut, Mono<T> changes) {
        return assembling.asOriginated(cut, changes).as(transaction::transactional);
    }
}
