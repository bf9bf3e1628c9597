package io.showreel.gateway.job;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneRequest.WithdrawalReason;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.contracts.video.VideoEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job, from its creation to its film, and from film to film.
 *
 * <pre>
 * Unborn          =&gt; Selecting        created
 * Selecting       =&gt; Ready            a storyboard was chosen
 * Selecting       =&gt; Rendering        a storyboard was chosen and approves itself
 * Selecting       =&gt; SelectionFailed  refused, unusable, or no answer in time, and there was no storyboard before
 * Selecting       =&gt; Ready            the same, but there was one, which is shown again
 * Selecting       =&gt; Canceled         canceled
 * SelectionFailed =&gt; Selecting        retried or asked anew; answers to the older selection are ignored
 * SelectionFailed =&gt; Canceled         canceled
 * Ready           =&gt; Ready            edited
 * Ready           =&gt; Selecting        another selection was asked for
 * Ready           =&gt; Rendering        approved
 * Ready           =&gt; Canceled         canceled
 * Rendering       =&gt; Rendering        the cut goes on, or was withdrawn and waits until render closed it; or, if it is
 *                                    not the first, edited, which waits for the next cut
 * Rendering       =&gt; Completed        the cut ended with a film
 * Rendering       =&gt; Failed           the cut ended without a film
 * Rendering       =&gt; Canceled         the cut ended after it was canceled
 * Failed          =&gt; Failed           edited, which waits for the next cut
 * Failed          =&gt; Rendering        retried, cut anew or a scene regenerated: another cut; what was rendered is kept
 * Completed       =&gt; Completed        edited; another cut, whose end changes the film or nothing; an earlier film
 *                                    published again; another shape of the film
 * each without an open cut =&gt; Deleted deleted
 * </pre>
 *
 * <p>Facts are folded first and looked at afterwards; a late or repeated one gives back the same state. Facts of a cut
 * may arrive in any order. Neither a clock nor chance is in here: times and new ids come with facts and commands. What a
 * command leads to says {@link Judge}, what a change leads to {@link Reaction}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "state")
public sealed interface Job {

    /** Before its creation. */
    record Unborn() implements Job {}

    /**
     * @param previous pairs of all storyboards that were chosen before
     * @param shown the storyboard that stays if there is no other; null for a job that never had one
     */
    record Selecting(
            Order order,
            Material material,
            int selection,
            Instant due,
            List<StoryboardEvent.Pair> previous,
            @Nullable Storyboard shown)
            implements Job {
        public Selecting {
            previous = orNone(previous);
        }
    }

    record SelectionFailed(
            Order order, Material material, int selection, Problem problem, List<StoryboardEvent.Pair> previous)
            implements Job {
        public SelectionFailed {
            previous = orNone(previous);
        }
    }

    /**
     * Waits for its person, without a deadline.
     *
     * @param previous pairs of all storyboards that were chosen so far
     * @param asked number of the latest selection, which is not this storyboard's if it failed; null if it is
     * @param problem why the latest selection brought nothing; null if it brought this storyboard
     */
    record Ready(
            Order order,
            Storyboard storyboard,
            List<StoryboardEvent.Pair> previous,
            @Nullable Integer asked,
            @Nullable Problem problem)
            implements Job {
        public Ready {
            previous = orNone(previous);
        }

        int selection() {
            return asked == null ? storyboard.selection() : asked;
        }
    }

    /**
     * @param storyboard with what was changed since the cut was asked for
     * @param reached progress that a client has seen; it never falls
     */
    record Rendering(Order order, Storyboard storyboard, Cut cut, int reached) implements Job {}

    /**
     * @param storyboard with what was changed since the film
     * @param cut the latest, which may be open
     * @param film served, of this or of an earlier cut
     * @param renditions of films that are kept, in the order in which they were asked for
     */
    record Completed(Order order, Storyboard storyboard, Cut cut, Film film, List<Rendition> renditions)
            implements Job {
        public Completed {
            renditions = orNone(renditions);
        }
    }

    /** @param storyboard with what was changed since the cut */
    record Failed(Order order, Storyboard storyboard, Cut cut, int reached, Problem problem) implements Job {}

    /**
     * @param storyboard null if there was none yet
     * @param cut null if it was not approved yet
     */
    record Canceled(
            Order order,
            @Nullable Storyboard storyboard,
            @Nullable Cut cut,
            int reached) implements Job {}

    /** Its row is removed with this change. */
    record Deleted(Order order) implements Job {}

    static Job evolve(Job state, Fact fact) {
        if (fact instanceof Fact.Deleted && !(state instanceof Unborn)) {
            return new Deleted(orderOf(state));
        }
        return switch (state) {
            case Unborn unborn ->
                fact instanceof Fact.Created created
                        ? new Selecting(created.order(), created.material(), 1, created.due(), List.of(), null)
                        : unborn;
            case Selecting selecting -> evolve(selecting, fact);
            case SelectionFailed failed -> evolve(failed, fact);
            case Ready ready -> evolve(ready, fact);
            case Rendering rendering -> evolve(rendering, fact);
            case Completed completed -> evolve(completed, fact);
            case Failed failed -> evolve(failed, fact);
            case Canceled canceled -> canceled;
            case Deleted deleted -> deleted;
        };
    }

    private static Job evolve(Selecting state, Fact fact) {
        return switch (fact) {
            case Fact.StoryboardChosen chosen ->
                chosen.selection() == state.selection() ? choose(state, chosen) : state;
            case Fact.SelectionRefused refused ->
                refused.selection() == state.selection() ? fail(state, refused.problem()) : state;
            case Fact.TimeIsUp up ->
                up.now().isBefore(state.due())
                        ? state
                        : fail(state, Problem.of("selection_timeout", "No scenes were chosen in time. Try again."));
            case Fact.CancelAccepted canceled -> new Canceled(state.order(), state.shown(), null, Progress.of(state));
            default -> state;
        };
    }

    private static Job choose(Selecting state, Fact.StoryboardChosen chosen) {
        var order = state.order();
        var allowed = order.wish().sceneTypes();
        if (!allowed.isEmpty() && !chosen.scenes().stream().allMatch(scene -> allowed.contains(scene.sceneType()))) {
            return fail(state, Problem.of("invalid_scene_types", "The storyboard has scenes of types not asked for."));
        }
        return Storyboard.of(chosen, state.material(), order.model())
                .<Job>map(storyboard -> order.autoApprove()
                        ? rendering(order, storyboard, chosen.cutDue())
                        : new Ready(order, storyboard, and(state.previous(), storyboard.pairs()), null, null))
                .orElseGet(() -> fail(
                        state, Problem.of("unusable_storyboard", "The storyboard uses photos that were not offered.")));
    }

    private static Job fail(Selecting state, Problem problem) {
        return state.shown() == null
                ? new SelectionFailed(state.order(), state.material(), state.selection(), problem, state.previous())
                : new Ready(state.order(), state.shown(), state.previous(), state.selection(), problem);
    }

    private static Job evolve(SelectionFailed state, Fact fact) {
        return switch (fact) {
            case Fact.Retried retried ->
                new Selecting(
                        state.order().capped(retried.maxCost()),
                        state.material(),
                        state.selection() + 1,
                        retried.due(),
                        state.previous(),
                        null);
            case Fact.SelectionAsked asked ->
                new Selecting(
                        state.order(), asked.material(), state.selection() + 1, asked.due(), state.previous(), null);
            case Fact.CancelAccepted canceled -> new Canceled(state.order(), null, null, 0);
            default -> state;
        };
    }

    private static Job evolve(Ready state, Fact fact) {
        return switch (fact) {
            case Fact.Approved approved ->
                rendering(state.order().capped(approved.maxCost()), state.storyboard(), approved.due());
            case Fact.StoryboardEdited edited ->
                new Ready(state.order(), edited.storyboard(), state.previous(), state.asked(), state.problem());
            case Fact.SelectionAsked asked ->
                new Selecting(
                        state.order(),
                        asked.material(),
                        state.selection() + 1,
                        asked.due(),
                        state.previous(),
                        state.storyboard());
            case Fact.CancelAccepted canceled -> new Canceled(state.order(), state.storyboard(), null, Progress.READY);
            default -> state;
        };
    }

    private static Job evolve(Rendering state, Fact fact) {
        return switch (fact) {
            case Fact.OfCut ofCut -> settle(state, state.cut().evolve(ofCut));
            case Fact.CancelAccepted canceled -> settle(state, state.cut().withdraw(WithdrawalReason.CANCELED));
            case Fact.TimeIsUp up -> settle(state, expire(state.cut(), up));
            case Fact.Resolved resolved -> settle(state, state.cut().resolved(resolved.takeId(), resolved.paid()));
            case Fact.StoryboardEdited edited ->
                new Rendering(state.order(), edited.storyboard(), state.cut(), state.reached());
            default -> state;
        };
    }

    private static Job evolve(Completed state, Fact fact) {
        return switch (fact) {
            case Fact.OfScene scene -> settle(state, state.cut().evolve(scene));
            case Fact.OfFilm film ->
                isOfRendition(film)
                        ? renditions(state, film)
                        : settle(state, state.cut().evolve(film));
            case Fact.CancelAccepted canceled ->
                state.cut().open() ? settle(state, state.cut().withdraw(WithdrawalReason.CANCELED)) : state;
            case Fact.TimeIsUp up -> settle(state, expire(state.cut(), up));
            case Fact.Resolved resolved -> settle(state, state.cut().resolved(resolved.takeId(), resolved.paid()));
            case Fact.StoryboardEdited edited ->
                new Completed(state.order(), edited.storyboard(), state.cut(), state.film(), state.renditions());
            case Fact.Retried retried -> {
                var order = state.order().capped(retried.maxCost());
                var storyboard = state.storyboard().renewed(retried.freshTakes());
                var cut = state.cut().next(order, storyboard, List.of(), retried.due());
                yield new Completed(order, storyboard, cut, state.film(), state.renditions());
            }
            case Fact.Recut recut -> {
                var order = state.order().capped(recut.maxCost());
                var cut = state.cut().next(order, recut.cut(), recut.earlier(), recut.due());
                yield new Completed(order, recut.storyboard(), cut, state.film(), state.renditions());
            }
            case Fact.Restored restored -> {
                var cut = state.cut().restored(restored.earlier(), restored.film());
                var storyboard = cut.storyboard().asVersion(state.storyboard().version() + 1);
                yield new Completed(
                        state.order(),
                        storyboard,
                        cut,
                        restored.film().publishedAgain(cut.number()),
                        state.renditions());
            }
            case Fact.RenditionAsked asked ->
                new Completed(
                        state.order(),
                        state.storyboard(),
                        state.cut(),
                        state.film(),
                        and(state.renditions(), List.of(Rendition.asked(asked.request()))));
            case Fact.Retired retired ->
                new Completed(
                        state.order(),
                        state.storyboard(),
                        state.cut(),
                        state.film(),
                        state.renditions().stream()
                                .filter(rendition -> !retired.cuts().contains(rendition.cut()))
                                .toList());
            default -> state;
        };
    }

    private static boolean isOfRendition(Fact.OfFilm film) {
        return switch (film.event()) {
            case VideoEvent.RenditionPublished published -> true;
            case VideoEvent.RenditionFailed failed -> true;
            default -> false;
        };
    }

    private static Job renditions(Completed state, Fact.OfFilm film) {
        var renditions = state.renditions().stream()
                .map(rendition -> rendition.evolve(film.event()))
                .toList();
        return new Completed(state.order(), state.storyboard(), state.cut(), state.film(), renditions);
    }

    private static Job evolve(Failed state, Fact fact) {
        return switch (fact) {
            case Fact.Retried retried -> {
                var order = state.order().capped(retried.maxCost());
                var storyboard = state.storyboard().renewed(retried.freshTakes());
                var cut = state.cut().next(order, storyboard, List.of(), retried.due());
                yield new Rendering(order, storyboard, cut, state.reached());
            }
            case Fact.Recut recut -> {
                var order = state.order().capped(recut.maxCost());
                var cut = state.cut().next(order, recut.cut(), recut.earlier(), recut.due());
                yield new Rendering(order, recut.storyboard(), cut, state.reached());
            }
            case Fact.StoryboardEdited edited ->
                new Failed(state.order(), edited.storyboard(), state.cut(), state.reached(), state.problem());
            default -> state;
        };
    }

    private static Job rendering(Order order, Storyboard storyboard, Instant due) {
        return new Rendering(order, storyboard, Cut.first(order, storyboard, due), Progress.READY);
    }

    private static Cut expire(Cut cut, Fact.TimeIsUp up) {
        return cut.open() && !up.now().isBefore(cut.due()) ? cut.withdraw(WithdrawalReason.EXPIRED) : cut;
    }

    private static Job settle(Rendering before, Cut cut) {
        if (cut.equals(before.cut())) {
            return before;
        }
        var order = before.order();
        var storyboard = before.storyboard();
        int reached = Math.max(before.reached(), Progress.of(cut));
        return cut.ended()
                .<Job>map(end -> switch (end) {
                    case Cut.End.Published published ->
                        new Completed(order, storyboard, cut, published.film(), List.of());
                    case Cut.End.Failed failed -> new Failed(order, storyboard, cut, reached, failed.problem());
                    case Cut.End.Canceled canceled -> new Canceled(order, storyboard, cut, reached);
                })
                .orElseGet(() -> new Rendering(order, storyboard, cut, reached));
    }

    private static Job settle(Completed before, Cut cut) {
        if (cut.equals(before.cut())) {
            return before;
        }
        var film = cut.ended().orElse(null) instanceof Cut.End.Published published ? published.film() : before.film();
        return new Completed(before.order(), before.storyboard(), cut, film, before.renditions());
    }

    private static <T> List<T> and(List<T> some, List<T> more) {
        var all = new ArrayList<T>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    /** Rows of earlier versions lack some lists. */
    private static <T> List<T> orNone(@Nullable List<T> given) {
        return given == null ? List.of() : List.copyOf(given);
    }

    static Decision decide(Job state, Command command) {
        return Judge.decide(state, command);
    }

    /** What follows from a change; nothing if there was none. */
    static List<Effect> react(Job before, Job after) {
        return Reaction.to(before, after);
    }

    /** When the job waits no longer; null if it waits for nobody but its person. */
    static @Nullable Instant dueOf(Job state) {
        if (state instanceof Selecting selecting) {
            return selecting.due();
        }
        var cut = openCutOf(state);
        return cut != null && cut.withdrawn() == null ? cut.due() : null;
    }

    static Order orderOf(Job state) {
        return switch (state) {
            case Unborn unborn -> throw new IllegalStateException("Nothing was ordered yet");
            case Selecting selecting -> selecting.order();
            case SelectionFailed failed -> failed.order();
            case Ready ready -> ready.order();
            case Rendering rendering -> rendering.order();
            case Completed completed -> completed.order();
            case Failed failed -> failed.order();
            case Canceled canceled -> canceled.order();
            case Deleted deleted -> deleted.order();
        };
    }

    /** What a person sees and changes; null while there is none. */
    static @Nullable Storyboard storyboardOf(Job state) {
        return switch (state) {
            case Unborn unborn -> null;
            case Selecting selecting -> null;
            case SelectionFailed failed -> null;
            case Ready ready -> ready.storyboard();
            case Rendering rendering -> rendering.storyboard();
            case Completed completed -> completed.storyboard();
            case Failed failed -> failed.storyboard();
            case Canceled canceled -> canceled.storyboard();
            case Deleted deleted -> null;
        };
    }

    /** The latest cut, open or not. */
    static @Nullable Cut cutOf(Job state) {
        return switch (state) {
            case Unborn unborn -> null;
            case Selecting selecting -> null;
            case SelectionFailed failed -> null;
            case Ready ready -> null;
            case Rendering rendering -> rendering.cut();
            case Completed completed -> completed.cut();
            case Failed failed -> failed.cut();
            case Canceled canceled -> canceled.cut();
            case Deleted deleted -> null;
        };
    }

    /** The cut that is being made; null if none is. */
    static @Nullable Cut openCutOf(Job state) {
        var cut = cutOf(state);
        return cut != null && cut.open() ? cut : null;
    }

    static Usd spentOf(Job state) {
        var cut = cutOf(state);
        return cut == null ? Usd.ZERO : cut.spent();
    }
}
