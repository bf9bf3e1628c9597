package io.showreel.gateway.job;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneRequest.OnSceneFailure;
import io.showreel.contracts.scene.SceneRequest.WithdrawalReason;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.contracts.video.VideoEvent;
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
 * @param cuttingPercent null before FFmpeg started
 * @param spentBefore by the job before this cut
 * @param spentAtClose by the job over all its cuts; null until render closed this one
 */
public record Cut(
        int number,
        Instant due,
        List<Take> takes,
        @Nullable Integer cuttingPercent,
        @Nullable Film film,
        @Nullable Problem trouble,
        @Nullable WithdrawalReason withdrawn,
        Usd spentBefore,
        @Nullable Usd spentAtClose) {

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

    Cut next(Order order, Storyboard storyboard, Instant newDue) {
        return plan(number + 1, order, storyboard, newDue, takes, spent());
    }

    private static Cut plan(
            int number, Order order, Storyboard storyboard, Instant due, List<Take> earlier, Usd spentBefore) {
        boolean clipsRequired = order.onSceneFailure() == OnSceneFailure.FAIL;
        var takes = new ArrayList<Take>();
        for (var scene : storyboard.scenes()) {
            takes.add(kept(earlier, Take.queued(scene.takeId(), scene.id(), TakeKind.CLIP, clipsRequired)));
        }
        if (order.music() != null) {
            takes.add(kept(
                    earlier,
                    Take.queued(storyboard.musicTakeId(), null, TakeKind.MUSIC, CutRequests.musicRequired(order))));
        }
        return new Cut(number, due, takes, null, null, null, null, spentBefore, null);
    }

    private static Take kept(List<Take> earlier, Take fresh) {
        return earlier.stream()
                .filter(take -> take.id().equals(fresh.id()) && take.rendered())
                .findFirst()
                .map(take -> take.carriedOver(fresh.required()))
                .orElse(fresh);
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

    Cut evolve(Fact.OfCut fact) {
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
            case SceneEvent.CutClosed e -> e.cut() == number && spentAtClose == null ? closed(e.spent()) : this;
            case SceneEvent.Unrecognised e -> this;
        };
    }

    private Cut record(VideoEvent event) {
        return switch (event) {
            case VideoEvent.CuttingStarted e -> e.cut() == number ? cuttingAt(0) : this;
            case VideoEvent.CuttingProgressed e -> e.cut() == number ? cuttingAt(e.percent()) : this;
            case VideoEvent.FilmPublished e ->
                e.cut() == number && film == null && trouble == null
                        ? new Cut(number, due, takes, 100, Film.of(e), null, withdrawn, spentBefore, spentAtClose)
                        : this;
            case VideoEvent.CuttingFailed e ->
                e.cut() == number && film == null && trouble == null
                        ? new Cut(
                                number,
                                due,
                                takes,
                                cuttingPercent,
                                null,
                                Problem.of(e.code(), e.message()),
                                withdrawn,
                                spentBefore,
                                spentAtClose)
                        : this;
            case VideoEvent.ClipShown e -> this;
            case VideoEvent.CuttingHeld e -> this;
            case VideoEvent.RenditionPublished e -> this;
            case VideoEvent.RenditionFailed e -> this;
            case VideoEvent.Unrecognised e -> this;
        };
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
        var cutAfter = new Cut(number, due, after, cuttingPercent, film, trouble, withdrawn, spentBefore, spentAtClose);
        boolean requiredIsLost = after.stream().anyMatch(take -> take.required() && take.endedWithoutFile());
        return requiredIsLost ? cutAfter.withdraw(WithdrawalReason.REQUIRED_TAKE_LOST) : cutAfter;
    }

    /** No film of it is taken any more; it ends when render has closed every take. The first reason stays. */
    Cut withdraw(WithdrawalReason reason) {
        return withdrawn == null
                ? new Cut(number, due, takes, null, null, null, reason, spentBefore, spentAtClose)
                : this;
    }

    private Cut closed(Usd spent) {
        return new Cut(number, due, takes, cuttingPercent, film, trouble, withdrawn, spentBefore, spent);
    }

    private Cut cuttingAt(int percent) {
        int reached = Math.max(percent, cuttingPercent == null ? 0 : cuttingPercent);
        return cuttingPercent != null && reached == cuttingPercent
                ? this
                : new Cut(number, due, takes, reached, film, trouble, withdrawn, spentBefore, spentAtClose);
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

    /** How far it is, from 0 to 100; never falls while it is open. */
    int percent() {
        int rendering = takes.stream().mapToInt(Take::percent).sum() / Math.max(1, takes.size());
        int cutting = film != null ? 100 : cuttingPercent == null ? 0 : cuttingPercent;
        return (rendering * 80 + cutting * 20) / 100;
    }
}
