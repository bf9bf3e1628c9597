package io.showreel.stitch.assembly;

import io.showreel.contracts.video.VideoEvent;
import io.showreel.contracts.video.VideoEvent.CuttingFailed;
import io.showreel.contracts.video.VideoEvent.CuttingProgressed;
import io.showreel.contracts.video.VideoEvent.CuttingStarted;
import io.showreel.contracts.video.VideoEvent.FilmPublished;
import io.showreel.messaging.LeasedWork;
import io.showreel.messaging.Message;
import io.showreel.messaging.Origin;
import io.showreel.messaging.Outbox;
import io.showreel.stitch.assembly.Assembly.Effect;
import io.showreel.stitch.assembly.Assembly.Fact;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Joins decider, assemblies, work queue and outbox. Only writes, in the caller's transaction. */
@Component
public class AssembleFilms {

    /** The queue of leased work that holds cuts to be cut, keyed by {@link CutId}. */
    public static final String QUEUE = "cut";

    private final Assemblies assemblies;
    private final LeasedWork work;
    private final Claims claims;
    private final Outbox outbox;

    AssembleFilms(Assemblies assemblies, LeasedWork work, Claims claims, Outbox outbox) {
        this.assemblies = assemblies;
        this.work = work;
        this.claims = claims;
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

    /** Tells how far the cutting is, while it goes on; answers what the assembly is now. */
    public Mono<Assembly> progressed(CutId cut, int percent) {
        return assemblies
                .lock(cut)
                .flatMap(now -> now instanceof Assembly.Cutting
                        ? announce(cut, new CuttingProgressed(cut.jobId(), cut.cut(), percent))
                                .thenReturn(now)
                        : Mono.just(now));
    }

    /** Work that nobody waits for goes on in the name of whoever caused it. */
    public <T> Mono<T> asOriginated(CutId cut, Mono<T> changes) {
        return assemblies
                .origin(cut)
                .defaultIfEmpty(Origin.UNKNOWN)
                .flatMap(origin -> changes.contextWrite(origin.write()));
    }

    private Mono<Void> perform(CutId cut, Effect effect) {
        return switch (effect) {
            case Effect.ScheduleCutting schedule -> work.schedule(QUEUE, cut.toString(), Instant.now());
            case Effect.AnnounceCutting begun -> announce(cut, new CuttingStarted(cut.jobId(), cut.cut()));
            case Effect.AnnounceFilm published -> announce(cut, published(cut, published.film()));
            case Effect.AnnounceFailure failure ->
                announce(cut, new CuttingFailed(cut.jobId(), cut.cut(), failure.code(), failure.message()));
            case Effect.DiscardFilm discard -> claims.releaseAll(cut);
        };
    }

    private Mono<Void> announce(CutId cut, VideoEvent event) {
        return outbox.append(new Message(VideoEvent.TOPIC, Long.toString(cut.jobId()), event));
    }

    private static FilmPublished published(CutId cut, Film film) {
        return new FilmPublished(
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
                film.way());
    }
}
