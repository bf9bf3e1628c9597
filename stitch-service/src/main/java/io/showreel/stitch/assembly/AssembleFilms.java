package io.showreel.stitch.assembly;

import io.showreel.contracts.video.VideoEvent;
import io.showreel.contracts.video.VideoEvent.ClipShown;
import io.showreel.contracts.video.VideoEvent.CuttingFailed;
import io.showreel.contracts.video.VideoEvent.CuttingHeld;
import io.showreel.contracts.video.VideoEvent.CuttingProgressed;
import io.showreel.contracts.video.VideoEvent.CuttingStarted;
import io.showreel.contracts.video.VideoEvent.FilmPublished;
import io.showreel.contracts.video.VideoEvent.FilmShown;
import io.showreel.contracts.video.VideoEvent.RenditionFailed;
import io.showreel.contracts.video.VideoEvent.RenditionPublished;
import io.showreel.contracts.video.VideoEvent.Showcase;
import io.showreel.messaging.LeasedWork;
import io.showreel.messaging.Message;
import io.showreel.messaging.Origin;
import io.showreel.messaging.Outbox;
import io.showreel.stitch.assembly.Assembly.Effect;
import io.showreel.stitch.assembly.Assembly.Fact;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Joins decider, assemblies, work queue and outbox. Only writes, in the caller's transaction. */
@Component
public class AssembleFilms {

    /** The queue of leased work that holds cuts to be cut, keyed by {@link CutId}. */
    public static final String QUEUE = "cut";

    /** The queue of clips that their films are going to need prepared, keyed by {@link TakeOfCut}. */
    public static final String PREPARATIONS = "prepare";

    /** The queue of clips that are prepared in case that their films are edited, keyed by {@link TakeOfCut}. */
    public static final String AHEAD = "prepare-ahead";

    /** The queue of films that are published and can't be shown with all that goes with it yet, keyed by {@link CutId}. */
    public static final String SHOWINGS = "show";

    /** The queue of cuts that are no longer wanted, keyed by {@link CutId}. */
    public static final String RETIREMENTS = "retire";

    private final Assemblies assemblies;
    private final LeasedWork work;
    private final Outbox outbox;

    AssembleFilms(Assemblies assemblies, LeasedWork work, Outbox outbox) {
        this.assemblies = assemblies;
        this.work = work;
        this.outbox = outbox;
    }

    /** Takes a fact in and answers what the assembly has become; its row stays locked until the transaction ends. */
    public Mono<Assembly> record(CutId cut, Fact fact) {
        return assemblies.lock(cut).flatMap(before -> {
            var after = Assembly.evolve(before, fact);
            return after.equals(before)
                    ? Mono.just(before)
                    : assemblies
                            .save(cut, after)
                            .thenMany(Flux.fromIterable(Assembly.react(before, after)))
                            .concatMap(effect -> perform(cut, effect))
                            .then(Mono.just(after));
        });
    }

    /** Nothing of the job's cuts that these are is wanted any more, their renditions included. */
    public Mono<Void> withdraw(long jobId, IntPredicate cuts) {
        return assemblies
                .of(jobId)
                .filter(cut -> cuts.test(cut.cut()))
                .concatMap(cut -> record(cut, new Fact.CutWithdrawn()))
                .then();
    }

    /** The assembly as it is just now. */
    public Mono<Assembly> look(CutId cut) {
        return assemblies.look(cut);
    }

    /** Tells how far the cutting is, while it goes on; answers what the assembly is now. */
    public Mono<Assembly> progressed(CutId cut, int percent) {
        return assemblies
                .lock(cut)
                .flatMap(now -> now instanceof Assembly.Cutting && cut.rendition() == null
                        ? announce(cut, new CuttingProgressed(cut.jobId(), cut.cut(), percent))
                                .thenReturn(now)
                        : Mono.just(now));
    }

    /** Tells why the cutting doesn't go on just now. */
    public Mono<Void> held(CutId cut, String code, String message) {
        return cut.rendition() == null
                ? announce(cut, new CuttingHeld(cut.jobId(), cut.cut(), code, message))
                : Mono.empty();
    }

    /** Shows a clip of a cut, once. */
    public Mono<Void> shown(TakeOfCut take, UUID sceneId, URI thumbnail) {
        var cut = take.cut();
        return cut.rendition() != null
                ? Mono.empty()
                : assemblies
                        .noteShown(take)
                        .filter(first -> first)
                        .flatMap(first -> announce(
                                cut, new ClipShown(cut.jobId(), cut.cut(), take.takeId(), sceneId, thumbnail)));
    }

    /** Tells what goes with a film that is published. */
    public Mono<Void> shown(CutId cut, URI thumbnail, Showcase showcase) {
        return announce(cut, new FilmShown(cut.jobId(), cut.cut(), thumbnail, showcase));
    }

    /** Has the clip made ready for whatever its film may be edited to. */
    public Mono<Void> prepareAhead(TakeOfCut take) {
        return take.cut().rendition() == null ? work.schedule(AHEAD, take.toString(), Instant.now()) : Mono.empty();
    }

    /** Where the last change of the cut came from. */
    public Mono<Origin> origin(CutId cut) {
        return assemblies.origin(cut).defaultIfEmpty(Origin.UNKNOWN);
    }

    /** Work that nobody waits for goes on in the name of whoever caused it. */
    public <T> Mono<T> asOriginated(CutId cut, Mono<T> changes) {
        return origin(cut).flatMap(origin -> changes.contextWrite(origin.write()));
    }

    private Mono<Void> perform(CutId cut, Effect effect) {
        return switch (effect) {
            case Effect.ScheduleCutting schedule -> work.schedule(QUEUE, cut.toString(), Instant.now());
            case Effect.PrepareClip clip ->
                work.schedule(PREPARATIONS, new TakeOfCut(cut, clip.takeId()).toString(), Instant.now());
            case Effect.AnnounceCutting begun ->
                cut.rendition() == null ? announce(cut, new CuttingStarted(cut.jobId(), cut.cut())) : Mono.empty();
            case Effect.AnnounceFilm published -> announce(cut, published.film());
            case Effect.ScheduleShowing show ->
                cut.rendition() == null ? work.schedule(SHOWINGS, cut.toString(), Instant.now()) : Mono.empty();
            case Effect.AnnounceFailure failure -> announce(cut, failed(cut, failure));
            case Effect.GiveUp gone -> work.schedule(RETIREMENTS, cut.toString(), Instant.now());
        };
    }

    private Mono<Void> announce(CutId cut, Film film) {
        return assemblies
                .sinceReady(cut)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(since -> announce(cut, published(cut, film, since.orElse(null))));
    }

    private Mono<Void> announce(CutId cut, VideoEvent event) {
        return outbox.append(new Message(VideoEvent.TOPIC, Long.toString(cut.jobId()), event));
    }

    private static VideoEvent failed(CutId cut, Effect.AnnounceFailure failure) {
        return cut.rendition() == null
                ? new CuttingFailed(cut.jobId(), cut.cut(), failure.code(), failure.message())
                : new RenditionFailed(cut.jobId(), cut.cut(), cut.rendition(), failure.code(), failure.message());
    }

    private static VideoEvent published(CutId cut, Film film, @Nullable Duration stitching) {
        return cut.rendition() == null
                ? new FilmPublished(
                        cut.jobId(),
                        cut.cut(),
                        film.object(),
                        film.poster(),
                        film.sha256(),
                        film.size(),
                        film.width(),
                        film.height(),
                        film.frames(),
                        film.length(),
                        film.missingScenes(),
                        film.way(),
                        null,
                        film.plan(),
                        stitching)
                : new RenditionPublished(
                        cut.jobId(),
                        cut.cut(),
                        cut.rendition(),
                        film.aspectRatio(),
                        film.object(),
                        film.poster(),
                        film.sha256(),
                        film.size(),
                        film.width(),
                        film.height(),
                        film.frames(),
                        film.length());
    }
}
