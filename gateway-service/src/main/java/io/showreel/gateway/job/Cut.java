package io.showreel.gateway.job;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneRequest.OnSceneFailure;
import io.showreel.contracts.scene.SceneRequest.WithdrawalReason;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.contracts.video.VideoEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One assembly of a film: its paid inputs, and what stitch makes of them. A fold of facts that arrive from two topics in
 * any order; {@link #ended()} looks at all of them together.
 *
 * <pre>
 * open =&gt; open       a take started, progressed, was rendered, lost or withdrawn; FFmpeg progressed
 * open =&gt; withdrawn  canceled, expired, or a required take is lost; a film is no longer taken
 * open =&gt; published  every take ended, render closed the cut, at least one clip is there, and the film is published
 * open =&gt; failed     every take ended, render closed the cut, and no clip is there or cutting failed
 * withdrawn =&gt; canceled | failed  every take ended and render closed the cut
 * </pre>
 *
 * @param due when it is withdrawn if it has not ended
 * @param storyboard that it is made of; what a person changes meanwhile waits for a later one
 * @param cuttingPercent null before FFmpeg started
 * @param spentBefore by the job before this cut
 * @param spentAtClose by the job over all its cuts, what turned up later included; null until render closed this one
 * @param hold what the cutting waits for, for a person; null while it goes on
 * @param bound the shortest time that the provider allowed its takes; null if it had none of its own, or nobody knows
 * @param actual time from its request to the end of its last take; null until render closed it
 */
public record Cut(
        int number,
        Instant due,
        Storyboard storyboard,
        List<Take> takes,
        @Nullable Integer cuttingPercent,
        @Nullable Film film,
        @Nullable Problem trouble,
        @Nullable WithdrawalReason withdrawn,
        Usd spentBefore,
        @Nullable Usd spentAtClose,
        @Nullable String hold,
        @Nullable Duration bound,
        @Nullable Duration actual) {

    public Cut {
        takes = List.copyOf(takes);
    }

    /** What became of it. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "how")
    public sealed interface End {
        record Published(Film film) implements End {}

        record Failed(Problem problem) implements End {}

        record Canceled() implements End {}
    }

    static Cut first(Order order, Storyboard storyboard, Instant due) {
        return plan(1, order, storyboard, due, List.of(), Usd.ZERO);
    }

    /** @param earlier takes of cuts before this one, which are as good as this one's */
    Cut next(Order order, Storyboard next, List<Take> earlier, Instant newDue) {
        var known = new ArrayList<>(takes);
        known.addAll(earlier);
        return plan(number + 1, order, next, newDue, known, spent());
    }

    private static Cut plan(
            int number, Order order, Storyboard storyboard, Instant due, List<Take> earlier, Usd spentBefore) {
        boolean clipsRequired = order.onSceneFailure() == OnSceneFailure.FAIL;
        var takes = new ArrayList<Take>();
        for (var scene : storyboard.scenes()) {
            var known = new ArrayList<>(earlier);
            if (scene.kept() != null) {
                known.add(scene.kept());
            }
            takes.add(kept(known, Take.queued(scene.takeId(), scene.id(), TakeKind.CLIP, clipsRequired)));
        }
        if (order.music() != null) {
            takes.add(kept(
                    earlier,
                    Take.queued(storyboard.musicTakeId(), null, TakeKind.MUSIC, CutRequests.musicRequired(order))));
        }
        return new Cut(number, due, storyboard, takes, null, null, null, null, spentBefore, null, null, null, null);
    }

    private static Take kept(List<Take> earlier, Take fresh) {
        return earlier.stream()
                .filter(take -> take.id().equals(fresh.id()) && take.rendered())
                .findFirst()
                .map(take -> take.carriedOver(fresh.required()))
                .orElse(fresh);
    }

    /** An earlier cut's film under the next number; nothing is rendered or cut for it. */
    Cut restored(Cut earlier, Film earlierFilm) {
        return new Cut(
                number + 1,
                due,
                earlier.storyboard,
                earlier.takes.stream()
                        .map(take -> take.carriedOver(take.required()))
                        .toList(),
                100,
                earlierFilm.publishedAgain(number + 1),
                null,
                null,
                spent(),
                spent(),
                null,
                null,
                null);
    }

    /** Whether it only publishes the film of an earlier cut again. */
    boolean restored() {
        return film != null && film.cut() != number;
    }

    /** Whether the scene went into it just as it is. */
    public boolean madeOf(Scene scene) {
        return storyboard
                .scene(scene.id())
                .filter(made -> made.withTake(made.takeId(), null).equals(scene.withTake(scene.takeId(), null)))
                .isPresent();
    }

    public Optional<Take> take(UUID id) {
        return takes.stream().filter(take -> take.id().equals(id)).findFirst();
    }

    /** Ids that another try needs: each take that ended without a file gets another identity. */
    Map<UUID, UUID> renewal(Map<UUID, UUID> candidates) {
        var fresh = new HashMap<UUID, UUID>();
        for (var take : takes) {
            var candidate = candidates.get(take.id());
            if (!take.rendered() && candidate != null) {
                fresh.put(take.id(), candidate);
            }
        }
        return Map.copyOf(fresh);
    }

    /** The same for those only without which there would be no film. */
    Map<UUID, UUID> renewalOfRequired(Map<UUID, UUID> candidates) {
        var fresh = new HashMap<>(renewal(candidates));
        takes.stream().filter(take -> !take.required()).map(Take::id).forEach(fresh::remove);
        return Map.copyOf(fresh);
    }

    /** A person said whether a doubtful take was paid. */
    Cut resolved(UUID takeId, boolean paid) {
        return on(number, takeId, take -> take.resolved(paid));
    }

    Cut evolve(Fact.OfCut fact) {
        if (fact instanceof Fact.OfFilm film && film.event() instanceof VideoEvent.ClipShown shown) {
            // A thumbnail takes part in no decision, and may come after everything else.
            return on(shown.cut(), shown.takeId(), take -> take.shown(shown.thumbnail()));
        }
        if (fact instanceof Fact.OfFilm publication && publication.event() instanceof VideoEvent.FilmShown shown) {
            return film == null ? this : with(film.shown(shown));
        }
        if (fact instanceof Fact.OfScene scene
                && scene.event() instanceof SceneEvent.CutClosed again
                && costsMore(again)) {
            return closed(again);
        }
        return ended().isPresent()
                ? this
                : switch (fact) {
                    case Fact.OfScene scene -> record(scene.event());
                    case Fact.OfFilm film -> withdrawn == null ? record(film.event()) : this;
                };
    }

    private Cut record(SceneEvent event) {
        return switch (event) {
            case SceneEvent.TakeStarted e -> on(e.cut(), e.takeId(), take -> take.evolve(e));
            case SceneEvent.TakeProgressed e -> on(e.cut(), e.takeId(), take -> take.evolve(e));
            case SceneEvent.TakeUnverifiable e -> on(e.cut(), e.takeId(), take -> take.evolve(e));
            case SceneEvent.TakeRendered e -> on(e.cut(), e.takeId(), take -> take.evolve(e));
            case SceneEvent.TakeLost e -> on(e.cut(), e.takeId(), take -> take.evolve(e));
            case SceneEvent.TakeWithdrawn e -> on(e.cut(), e.takeId(), take -> take.evolve(e));
            case SceneEvent.CutClosed e -> e.cut() == number && spentAtClose == null ? closed(e) : this;
            case SceneEvent.Unrecognised e -> this;
        };
    }

    private Cut record(VideoEvent event) {
        return switch (event) {
            case VideoEvent.CuttingStarted e -> e.cut() == number ? cuttingAt(0) : this;
            case VideoEvent.CuttingProgressed e -> e.cut() == number ? cuttingAt(e.percent()) : this;
            case VideoEvent.FilmPublished e ->
                e.cut() == number && film == null && trouble == null ? assembled(100, Film.of(e), null) : this;
            case VideoEvent.CuttingFailed e ->
                e.cut() == number && film == null && trouble == null
                        ? assembled(cuttingPercent, null, Problem.of(e.code(), e.message()))
                        : this;
            case VideoEvent.CuttingHeld e ->
                e.cut() == number && film == null && trouble == null ? held(e.message()) : this;
            case VideoEvent.ClipShown e -> this;
            case VideoEvent.FilmShown e -> this;
            case VideoEvent.RenditionPublished e -> this;
            case VideoEvent.RenditionFailed e -> this;
            case VideoEvent.Unrecognised e -> this;
        };
    }

    private Cut with(Film sameFilm) {
        return new Cut(
                number,
                due,
                storyboard,
                takes,
                cuttingPercent,
                sameFilm,
                trouble,
                withdrawn,
                spentBefore,
                spentAtClose,
                hold,
                bound,
                actual);
    }

    private Cut on(int cut, UUID takeId, UnaryOperator<Take> change) {
        if (cut != number) {
            return this;
        }
        boolean changed = false;
        var after = new ArrayList<Take>(takes.size());
        for (var take : takes) {
            var next = take.id().equals(takeId) ? change.apply(take) : take;
            changed |= !next.equals(take);
            after.add(next);
        }
        if (!changed) {
            return this;
        }
        var cutAfter = new Cut(
                number,
                due,
                storyboard,
                after,
                cuttingPercent,
                film,
                trouble,
                withdrawn,
                spentBefore,
                spentAtClose,
                hold,
                bound,
                actual);
        boolean requiredIsLost = after.stream().anyMatch(take -> take.required() && take.endedWithoutFile());
        return requiredIsLost ? cutAfter.withdraw(WithdrawalReason.REQUIRED_TAKE_LOST) : cutAfter;
    }

    /** No film of it is taken any more; it ends when render has closed every take. The first reason stays. */
    Cut withdraw(WithdrawalReason reason) {
        return withdrawn == null
                ? new Cut(
                        number,
                        due,
                        storyboard,
                        takes,
                        null,
                        null,
                        null,
                        reason,
                        spentBefore,
                        spentAtClose,
                        null,
                        bound,
                        actual)
                : this;
    }

    /** It is told again when a prediction turned up later: costs only ever grow, in whatever order they are heard of. */
    private boolean costsMore(SceneEvent.CutClosed event) {
        return event.cut() == number && spentAtClose != null && event.spent().compareTo(spentAtClose) > 0;
    }

    private Cut closed(SceneEvent.CutClosed event) {
        return new Cut(
                number,
                due,
                storyboard,
                takes,
                cuttingPercent,
                film,
                trouble,
                withdrawn,
                spentBefore,
                event.spent(),
                hold,
                event.bound(),
                event.actual());
    }

    private Cut assembled(@Nullable Integer percent, @Nullable Film newFilm, @Nullable Problem newTrouble) {
        return new Cut(
                number,
                due,
                storyboard,
                takes,
                percent,
                newFilm,
                newTrouble,
                withdrawn,
                spentBefore,
                spentAtClose,
                null,
                bound,
                actual);
    }

    private Cut cuttingAt(int percent) {
        int reached = Math.max(percent, cuttingPercent == null ? 0 : cuttingPercent);
        return cuttingPercent != null && reached == cuttingPercent && hold == null
                ? this
                : assembled(reached, film, trouble);
    }

    private Cut held(String message) {
        return new Cut(
                number,
                due,
                storyboard,
                takes,
                cuttingPercent,
                film,
                trouble,
                withdrawn,
                spentBefore,
                spentAtClose,
                message,
                bound,
                actual);
    }

    /** How it ended; empty while it is open. */
    public Optional<End> ended() {
        if (spentAtClose == null || !takes.stream().allMatch(Take::ended)) {
            return Optional.empty();
        }
        if (withdrawn != null) {
            return Optional.of(
                    switch (withdrawn) {
                        case CANCELED -> new End.Canceled();
                        case EXPIRED ->
                            new End.Failed(Problem.of("expired", "The film was not ready within its time."));
                        case REQUIRED_TAKE_LOST, OTHER -> new End.Failed(firstLoss());
                    });
        }
        if (takes.stream().noneMatch(take -> take.kind() == TakeKind.CLIP && take.rendered())) {
            return Optional.of(new End.Failed(firstLoss()));
        }
        if (trouble != null) {
            return Optional.of(new End.Failed(trouble));
        }
        return Optional.ofNullable(film).map(End.Published::new);
    }

    boolean open() {
        return ended().isEmpty();
    }

    /** The first loss in the film's order, so that it does not depend on which was reported first. */
    private Problem firstLoss() {
        return takes.stream()
                .filter(Take::endedWithoutFile)
                .findFirst()
                .map(Cut::loss)
                .orElse(Problem.of("take_lost", "A take was lost."));
    }

    static Problem loss(Take take) {
        var message = take.end() instanceof Take.End.Lost lost ? lost.message() : "The take was withdrawn.";
        var code =
                take.end() instanceof Take.End.Lost lost ? lost.reason().name().toLowerCase(Locale.ROOT) : "withdrawn";
        return new Problem(code, message, take.sceneId());
    }

    /** What the job has spent by now, as far as the gateway was told. */
    public Usd spent() {
        if (spentAtClose != null) {
            return spentAtClose;
        }
        var spent = spentBefore;
        for (var take : takes) {
            var end = take.end();
            if (end != null && !take.inherited()) {
                spent = spent.plus(end.cost());
            }
        }
        return spent;
    }
}
