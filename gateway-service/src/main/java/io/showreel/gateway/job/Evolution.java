package io.showreel.gateway.job;

import io.showreel.contracts.scene.SceneRequest.WithdrawalReason;
import io.showreel.contracts.video.VideoEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What facts make of a job: the table above {@link Job}, state by state. */
final class Evolution {

    private Evolution() {}

    static Job of(Job state, Fact fact) {
        if (fact instanceof Fact.Deleted && !(state instanceof Job.Unborn)) {
            return new Job.Deleted(Job.orderOf(state));
        }
        return switch (state) {
            case Job.Unborn unborn ->
                fact instanceof Fact.Created created
                        ? new Job.Selecting(created.order(), created.material(), 1, created.due(), List.of(), null)
                        : unborn;
            case Job.Selecting selecting -> evolve(selecting, fact);
            case Job.SelectionFailed failed -> evolve(failed, fact);
            case Job.Ready ready -> evolve(ready, fact);
            case Job.Rendering rendering -> evolve(rendering, fact);
            case Job.Completed completed -> evolve(completed, fact);
            case Job.Failed failed -> evolve(failed, fact);
            case Job.Canceled canceled -> evolve(canceled, fact);
            case Job.Deleted deleted -> deleted;
        };
    }

    private static Job evolve(Job.Selecting state, Fact fact) {
        return switch (fact) {
            case Fact.StoryboardChosen chosen ->
                chosen.selection() == state.selection() ? choose(state, chosen) : state;
            case Fact.SelectionRefused refused ->
                refused.selection() == state.selection() ? fail(state, refused.problem()) : state;
            case Fact.TimeIsUp up ->
                up.now().isBefore(state.due())
                        ? state
                        : fail(state, Problem.of("selection_timeout", "No scenes were chosen in time. Try again."));
            case Fact.CancelAccepted canceled ->
                new Job.Canceled(state.order(), state.shown(), null, Progress.of(state));
            case Fact.Created created -> state;
            case Fact.Granted other -> state;
            case Fact.OfCut ofCut -> state;
            case Fact.Retired retired -> state;
        };
    }

    private static Job choose(Job.Selecting state, Fact.StoryboardChosen chosen) {
        var order = state.order();
        var allowed = order.wish().sceneTypes();
        if (!allowed.isEmpty() && !chosen.scenes().stream().allMatch(scene -> allowed.contains(scene.sceneType()))) {
            return fail(state, Problem.of("invalid_scene_types", "The storyboard has scenes of types not asked for."));
        }
        return Storyboard.of(chosen, state.material(), order.model())
                .<Job>map(storyboard -> order.autoApprove()
                        ? rendering(order, storyboard, chosen.cutDue())
                        : new Job.Ready(order, storyboard, and(state.previous(), storyboard.pairs()), null, null))
                .orElseGet(() -> fail(
                        state, Problem.of("unusable_storyboard", "The storyboard uses photos that were not offered.")));
    }

    private static Job fail(Job.Selecting state, Problem problem) {
        return state.shown() == null
                ? new Job.SelectionFailed(state.order(), state.material(), state.selection(), problem, state.previous())
                : new Job.Ready(state.order(), state.shown(), state.previous(), state.selection(), problem);
    }

    private static Job evolve(Job.SelectionFailed state, Fact fact) {
        return switch (fact) {
            case Fact.Retried retried ->
                new Job.Selecting(
                        state.order().capped(retried.maxCost()),
                        state.material(),
                        state.selection() + 1,
                        retried.due(),
                        state.previous(),
                        null);
            case Fact.SelectionAsked asked ->
                new Job.Selecting(
                        state.order(), asked.material(), state.selection() + 1, asked.due(), state.previous(), null);
            case Fact.CancelAccepted canceled -> new Job.Canceled(state.order(), null, null, 0);
            case Fact.Created created -> state;
            case Fact.OfSelection selection -> state;
            case Fact.Granted other -> state;
            case Fact.OfCut ofCut -> state;
            case Fact.Retired retired -> state;
            case Fact.TimeIsUp up -> state;
        };
    }

    private static Job evolve(Job.Ready state, Fact fact) {
        return switch (fact) {
            case Fact.Approved approved ->
                rendering(state.order().capped(approved.maxCost()), state.storyboard(), approved.due());
            case Fact.StoryboardEdited edited ->
                new Job.Ready(state.order(), edited.storyboard(), state.previous(), state.asked(), state.problem());
            case Fact.SelectionAsked asked ->
                new Job.Selecting(
                        state.order(),
                        asked.material(),
                        state.selection() + 1,
                        asked.due(),
                        state.previous(),
                        state.storyboard());
            case Fact.CancelAccepted canceled ->
                new Job.Canceled(state.order(), state.storyboard(), null, Progress.ready(state.order()));
            case Fact.Created created -> state;
            case Fact.OfSelection selection -> state;
            case Fact.Granted other -> state;
            case Fact.OfCut ofCut -> state;
            case Fact.Retired retired -> state;
            case Fact.TimeIsUp up -> state;
        };
    }

    private static Job evolve(Job.Rendering state, Fact fact) {
        return switch (fact) {
            case Fact.OfCut ofCut -> settle(state, state.cut().evolve(ofCut));
            case Fact.CancelAccepted canceled -> settle(state, state.cut().withdraw(WithdrawalReason.CANCELED));
            case Fact.TimeIsUp up -> settle(state, expire(state.cut(), up));
            case Fact.Resolved resolved -> settle(state, state.cut().resolved(resolved.takeId(), resolved.paid()));
            case Fact.StoryboardEdited edited ->
                new Job.Rendering(state.order(), edited.storyboard(), state.cut(), state.reached());
            case Fact.Created created -> state;
            case Fact.OfSelection selection -> state;
            case Fact.Granted other -> state;
            case Fact.Retired retired -> state;
        };
    }

    private static Job evolve(Job.Completed state, Fact fact) {
        return switch (fact) {
            case Fact.OfScene scene -> settle(state, state.cut().evolve(scene));
            case Fact.OfFilm film ->
                isOfRendition(film)
                        ? renditions(state, film)
                        : settle(shown(state, film), state.cut().evolve(film));
            case Fact.CancelAccepted canceled ->
                state.cut().open() ? settle(state, state.cut().withdraw(WithdrawalReason.CANCELED)) : state;
            case Fact.TimeIsUp up -> settle(state, expire(state.cut(), up));
            case Fact.Resolved resolved -> settle(state, state.cut().resolved(resolved.takeId(), resolved.paid()));
            case Fact.StoryboardEdited edited ->
                new Job.Completed(state.order(), edited.storyboard(), state.cut(), state.film(), state.renditions());
            case Fact.Retried retried -> {
                var order = state.order().capped(retried.maxCost());
                var storyboard = state.storyboard().renewed(retried.freshTakes());
                var cut = state.cut().next(order, storyboard, List.of(), retried.due());
                yield new Job.Completed(order, storyboard, cut, state.film(), state.renditions());
            }
            case Fact.Recut recut -> {
                var order = state.order().capped(recut.maxCost());
                var cut = state.cut().next(order, recut.cut(), recut.earlier(), recut.due());
                yield new Job.Completed(order, recut.storyboard(), cut, state.film(), state.renditions());
            }
            case Fact.Restored restored -> {
                var cut = state.cut().restored(restored.earlier(), restored.film());
                var storyboard = cut.storyboard().asVersion(state.storyboard().version() + 1);
                yield new Job.Completed(
                        state.order(),
                        storyboard,
                        cut,
                        restored.film().publishedAgain(cut.number()),
                        state.renditions());
            }
            case Fact.RenditionAsked asked ->
                new Job.Completed(
                        state.order(),
                        state.storyboard(),
                        state.cut(),
                        state.film(),
                        and(state.renditions(), List.of(Rendition.asked(asked.request()))));
            case Fact.Retired retired ->
                new Job.Completed(
                        state.order(),
                        state.storyboard(),
                        state.cut(),
                        state.film(),
                        state.renditions().stream()
                                .filter(rendition -> !retired.cuts().contains(rendition.cut()))
                                .toList());
            case Fact.Created created -> state;
            case Fact.OfSelection selection -> state;
            case Fact.Granted other -> state;
        };
    }

    private static boolean isOfRendition(Fact.OfFilm film) {
        return film.event() instanceof VideoEvent.RenditionPublished
                || film.event() instanceof VideoEvent.RenditionFailed;
    }

    /** The film that is served may be that of an earlier cut by now. */
    private static Job.Completed shown(Job.Completed state, Fact.OfFilm film) {
        return film.event() instanceof VideoEvent.FilmShown event
                ? new Job.Completed(
                        state.order(),
                        state.storyboard(),
                        state.cut(),
                        state.film().shown(event),
                        state.renditions())
                : state;
    }

    private static Job renditions(Job.Completed state, Fact.OfFilm film) {
        var renditions = state.renditions().stream()
                .map(rendition -> rendition.evolve(film.event()))
                .toList();
        return new Job.Completed(state.order(), state.storyboard(), state.cut(), state.film(), renditions);
    }

    private static Job evolve(Job.Failed state, Fact fact) {
        return switch (fact) {
            case Fact.Retried retried -> {
                var order = state.order().capped(retried.maxCost());
                var storyboard = state.storyboard().renewed(retried.freshTakes());
                var cut = state.cut().next(order, storyboard, List.of(), retried.due());
                yield new Job.Rendering(order, storyboard, cut, state.reached());
            }
            case Fact.Recut recut -> {
                var order = state.order().capped(recut.maxCost());
                var cut = state.cut().next(order, recut.cut(), recut.earlier(), recut.due());
                yield new Job.Rendering(order, recut.storyboard(), cut, state.reached());
            }
            case Fact.StoryboardEdited edited ->
                new Job.Failed(state.order(), edited.storyboard(), state.cut(), state.reached(), state.problem());
            case Fact.Created created -> state;
            case Fact.OfSelection selection -> state;
            case Fact.Granted other -> state;
            case Fact.OfCut late ->
                new Job.Failed(
                        state.order(), state.storyboard(), state.cut().evolve(late), state.reached(), state.problem());
            case Fact.Retired retired -> state;
            case Fact.TimeIsUp up -> state;
        };
    }

    /** Only what it cost may still be news. */
    private static Job evolve(Job.Canceled state, Fact fact) {
        return fact instanceof Fact.OfCut late && state.cut() != null
                ? new Job.Canceled(
                        state.order(), state.storyboard(), state.cut().evolve(late), state.reached())
                : state;
    }

    private static Job rendering(Order order, Storyboard storyboard, Instant due) {
        return new Job.Rendering(order, storyboard, Cut.first(order, storyboard, due), Progress.ready(order));
    }

    private static Cut expire(Cut cut, Fact.TimeIsUp up) {
        return cut.open() && !up.now().isBefore(cut.due()) ? cut.withdraw(WithdrawalReason.EXPIRED) : cut;
    }

    private static Job settle(Job.Rendering before, Cut cut) {
        if (cut.equals(before.cut())) {
            return before;
        }
        var order = before.order();
        var storyboard = before.storyboard();
        int reached = Math.max(before.reached(), Progress.of(order, cut));
        return cut.ended()
                .<Job>map(end -> switch (end) {
                    case Cut.End.Published published ->
                        new Job.Completed(order, storyboard, cut, published.film(), List.of());
                    case Cut.End.Failed failed -> new Job.Failed(order, storyboard, cut, reached, failed.problem());
                    case Cut.End.Canceled canceled -> new Job.Canceled(order, storyboard, cut, reached);
                })
                .orElseGet(() -> new Job.Rendering(order, storyboard, cut, reached));
    }

    private static Job settle(Job.Completed before, Cut cut) {
        if (cut.equals(before.cut())) {
            return before;
        }
        var film = cut.ended().orElse(null) instanceof Cut.End.Published published ? published.film() : before.film();
        return new Job.Completed(before.order(), before.storyboard(), cut, film, before.renditions());
    }

    private static <T> List<T> and(List<T> some, List<T> more) {
        var all = new ArrayList<T>(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
