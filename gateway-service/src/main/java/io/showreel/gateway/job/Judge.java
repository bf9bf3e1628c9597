package io.showreel.gateway.job;

import io.showreel.contracts.Usd;
import io.showreel.gateway.job.Decision.Accepted;
import io.showreel.gateway.job.Decision.Code;
import io.showreel.gateway.job.Decision.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a person may do.
 *
 * <pre>
 *                  Selecting  SelectionFailed  Ready  Rendering           Completed         Failed  Canceled
 * approve          pending    pending          yes    pending             pending           pending pending
 * cancel           yes        yes              yes    yes                 if a cut is open  no      yes, as it is
 * retry            no         yes              no     busy                if partial        yes     no
 * another selection busy      yes              yes    pending             pending           pending pending
 * edit             no         no               yes    scene busy; yes     yes               yes     no
 *                                                     after the first cut
 * cut              no         no               no     busy                yes, not if open  yes     no
 * regenerate       no         no               no     scene busy; busy    yes, not if open  yes     no
 *                                                     after the first cut
 * restore, render  no         no               no     no                  yes; restore not  no      no
 *                                                                         if a cut is open
 * resolve          no         no               no     if in doubt         if in doubt       no      no
 * delete           yes        yes              yes    active              yes, not if open  yes     yes
 * </pre>
 */
final class Judge {

    private Judge() {}

    static Decision decide(Job state, Command command) {
        return switch (command) {
            case Command.Approve approve -> approve(state, approve);
            case Command.Cancel cancel -> cancel(state);
            case Command.Retry retry -> retry(state, retry);
            case Command.Reselect reselect -> reselect(state, reselect);
            case Command.Edit edit -> edit(state, edit);
            case Command.Recut recut -> recut(state, recut);
            case Command.Regenerate regenerate -> regenerate(state, regenerate);
            case Command.Restore restore -> restore(state, restore);
            case Command.Resolve resolve -> resolve(state, resolve);
            case Command.Render render -> render(state, render);
            case Command.Delete delete -> delete(state);
        };
    }

    private static Decision approve(Job state, Command.Approve approve) {
        if (!(state instanceof Job.Ready ready)) {
            return rejected(
                    Code.JOB_NOT_PENDING, "Only a pending job with a storyboard can be approved; " + isNow(state));
        }
        return changed(ready.storyboard(), approve.storyboard())
                .orElseGet(() -> Accepted.of(new Fact.Approved(approve.maxCost(), approve.due())));
    }

    private static Decision cancel(Job state) {
        return switch (state) {
            case Job.Unborn unborn -> throw new IllegalStateException("Nobody can cancel a job that does not exist");
            case Job.Selecting selecting -> Accepted.of(new Fact.CancelAccepted());
            case Job.SelectionFailed failed -> Accepted.of(new Fact.CancelAccepted());
            case Job.Ready ready -> Accepted.of(new Fact.CancelAccepted());
            case Job.Rendering rendering -> Accepted.of(new Fact.CancelAccepted());
            case Job.Completed completed ->
                completed.cut().open()
                        ? Accepted.of(new Fact.CancelAccepted())
                        : rejected(Code.JOB_NOT_CANCELABLE, "The job has completed; nothing of it is open.");
            case Job.Failed failed -> rejected(Code.JOB_NOT_CANCELABLE, "The job has failed; nothing of it is open.");
            case Job.Canceled canceled -> Accepted.of();
            case Job.Deleted deleted -> rejected(Code.JOB_NOT_CANCELABLE, "The job was deleted.");
        };
    }

    private static Decision retry(Job state, Command.Retry retry) {
        if (Job.openCutOf(state) != null) {
            return busy();
        }
        return switch (state) {
            case Job.SelectionFailed failed ->
                capped(failed.order(), retry.maxCost(), new Fact.Retried(retry.maxCost(), Map.of(), retry.due()));
            case Job.Failed failed -> capped(failed.order(), retry.maxCost(), retried(retry, failed.cut()));
            case Job.Completed completed ->
                completed.film().partial()
                        ? capped(completed.order(), retry.maxCost(), retried(retry, completed.cut()))
                        : notRetryable(state);
            default -> notRetryable(state);
        };
    }

    private static Decision notRetryable(Job state) {
        return rejected(
                Code.JOB_NOT_RETRYABLE,
                "Only what failed, or completed with scenes missing, can be tried again; " + isNow(state));
    }

    private static Fact retried(Command.Retry retry, Cut cut) {
        return new Fact.Retried(retry.maxCost(), cut.renewal(retry.freshTakes()), retry.due());
    }

    private static Decision reselect(Job state, Command.Reselect reselect) {
        var asked = new Fact.SelectionAsked(reselect.material(), reselect.due());
        return switch (state) {
            case Job.Ready ready ->
                changed(ready.storyboard(), reselect.storyboard()).orElseGet(() -> Accepted.of(asked));
            case Job.SelectionFailed failed -> Accepted.of(asked);
            case Job.Selecting selecting -> rejected(Code.JOB_BUSY, "A selection is running.");
            default -> rejected(Code.JOB_NOT_PENDING, "Only a pending job can be given other scenes; " + isNow(state));
        };
    }

    private static Decision edit(Job state, Command.Edit edit) {
        var storyboard = Job.storyboardOf(state);
        if (storyboard == null || state instanceof Job.Canceled) {
            return rejected(Code.JOB_NOT_EDITABLE, "Its scenes can't be changed; " + isNow(state));
        }
        if (firstCutIsOpen(state)) {
            return sceneBusy();
        }
        var stale = changed(storyboard, edit.storyboard());
        if (stale.isPresent()) {
            return stale.get();
        }
        return switch (new Editing(Job.orderOf(state), Job.cutOf(state))
                .apply(storyboard, edit.change(), edit.freshMusic())) {
            case Editing.Result.Refused refused -> refused.rejected();
            case Editing.Result.Done done ->
                done.storyboard().equals(storyboard)
                        ? Accepted.of()
                        : Accepted.of(
                                new Fact.StoryboardEdited(done.storyboard().asVersion(storyboard.version() + 1)));
        };
    }

    private static Decision recut(Job state, Command.Recut recut) {
        var refused = notCuttable(state);
        var cut = Job.cutOf(state);
        var storyboard = Job.storyboardOf(state);
        if (refused != null || cut == null || storyboard == null) {
            return refused == null ? busy() : refused;
        }
        var next = storyboard.renewed(cut.renewal(recut.freshTakes()));
        return capped(
                Job.orderOf(state),
                recut.maxCost(),
                new Fact.Recut(recut.maxCost(), next, next, List.of(), recut.due()));
    }

    private static Decision regenerate(Job state, Command.Regenerate asked) {
        if (firstCutIsOpen(state)) {
            return sceneBusy();
        }
        var refused = notCuttable(state);
        var cut = Job.cutOf(state);
        var storyboard = Job.storyboardOf(state);
        if (refused != null || cut == null || storyboard == null) {
            return refused == null ? busy() : refused;
        }
        var scene = storyboard.scene(asked.sceneId()).map(edited -> edited.withTake(asked.freshTake(), null));
        if (scene.isEmpty()) {
            return rejected(Code.SCENE_UNKNOWN, "The job has no such scene.");
        }
        var shown = shown(state, cut, asked.earlier());
        var order = Job.orderOf(state);
        var renewal = shown.renewalOfRequired(asked.freshTakes());
        var next = new Editing(order, shown)
                .withMusic(placed(shown.storyboard(), scene.get(), storyboard).renewed(renewal), asked.freshMusic());
        return capped(
                order,
                asked.maxCost(),
                new Fact.Recut(
                        asked.maxCost(),
                        next,
                        storyboard.renewed(renewal).with(scene.get()),
                        shown.takes(),
                        asked.due()));
    }

    /** The cut whose film is served, or the latest if there is no film. */
    private static Cut shown(Job state, Cut latest, List<Cut> earlier) {
        if (!(state instanceof Job.Completed completed) || completed.film().revision() == latest.number()) {
            return latest;
        }
        return earlier.stream()
                .filter(cut -> cut.number() == completed.film().revision())
                .findFirst()
                .orElse(latest);
    }

    /** In the place of its old version, or after the scene that precedes it in the person's order. */
    private static Storyboard placed(Storyboard into, Scene scene, Storyboard order) {
        if (into.scene(scene.id()).isPresent()) {
            return into.with(scene);
        }
        var scenes = new ArrayList<>(into.scenes());
        int place = 0;
        for (var before : order.scenes()) {
            if (before.id().equals(scene.id())) {
                break;
            }
            for (int i = 0; i < scenes.size(); i++) {
                if (scenes.get(i).id().equals(before.id())) {
                    place = i + 1;
                }
            }
        }
        scenes.add(place, scene);
        return into.with(scenes);
    }

    private static Decision restore(Job state, Command.Restore restore) {
        if (!(state instanceof Job.Completed completed)) {
            return rejected(Code.JOB_NOT_COMPLETED, "There is no film to go back to; " + isNow(state));
        }
        if (completed.cut().open()) {
            return busy();
        }
        if (completed.film().revision() == restore.revision()) {
            return Accepted.of();
        }
        for (var cut : restore.earlier()) {
            if (cut.number() == restore.revision() && cut.ended().orElse(null) instanceof Cut.End.Published end) {
                return Accepted.of(new Fact.Restored(cut, end.film()));
            }
        }
        return rejected(Code.REVISION_UNKNOWN, "There is no such revision any more.");
    }

    private static Decision resolve(Job state, Command.Resolve resolve) {
        var cut = Job.openCutOf(state);
        var take = cut == null ? Optional.<Take>empty() : cut.take(resolve.takeId());
        if (take.isPresent() && take.get().paid() != null && take.get().paid() == resolve.paid()) {
            return Accepted.of();
        }
        return take.filter(Take::waitsForWord).isPresent()
                ? Accepted.of(new Fact.Resolved(resolve.takeId(), resolve.paid()))
                : rejected(Code.TAKE_NOT_UNVERIFIABLE, "Nobody's word is needed on this take.");
    }

    private static Decision render(Job state, Command.Render render) {
        if (!(state instanceof Job.Completed completed)) {
            return rejected(Code.JOB_NOT_COMPLETED, "There is no film to show in another shape; " + isNow(state));
        }
        var film = completed.film();
        boolean there = completed.renditions().stream()
                .anyMatch(rendition -> rendition.cut() == film.cut()
                        && rendition.aspectRatio().equals(render.aspectRatio())
                        && rendition.problem() == null);
        if (there) {
            return Accepted.of();
        }
        var source =
                completed.cut().number() == film.revision() && !completed.cut().open()
                        ? Optional.of(completed.cut())
                        : render.earlier().stream()
                                .filter(cut -> cut.number() == film.revision())
                                .findFirst();
        return source.<Decision>map(cut -> Accepted.of(new Fact.RenditionAsked(
                        CutRequests.rendition(completed.order(), cut, film, render.id(), render.aspectRatio()))))
                .orElseGet(() -> rejected(Code.REVISION_UNKNOWN, "The film's clips are not kept any more."));
    }

    private static Decision delete(Job state) {
        return Job.openCutOf(state) != null
                ? rejected(Code.JOB_ACTIVE, "A cut of this job is open; cancel it first.")
                : Accepted.of(new Fact.Deleted());
    }

    private static @Nullable Rejected notCuttable(Job state) {
        if (Job.openCutOf(state) != null) {
            return busy();
        }
        return state instanceof Job.Completed || state instanceof Job.Failed
                ? null
                : rejected(Code.JOB_NOT_EDITABLE, "Only a completed or a failed job can be cut anew; " + isNow(state));
    }

    private static boolean firstCutIsOpen(Job state) {
        return state instanceof Job.Rendering rendering && rendering.cut().number() == 1;
    }

    private static Decision capped(Order order, @Nullable Usd maxCost, Fact fact) {
        var cap = order.maxCost();
        return maxCost != null && cap != null && maxCost.compareTo(cap) < 0
                ? rejected(Code.CAP_LOWERED, "max_cost can be raised, but is " + cap + " already.")
                : Accepted.of(fact);
    }

    private static Optional<Decision> changed(Storyboard storyboard, @Nullable String seen) {
        return seen == null || seen.equals(storyboard.etag())
                ? Optional.empty()
                : Optional.of(rejected(Code.STORYBOARD_CHANGED, "The storyboard is not the one that was seen."));
    }

    private static Rejected busy() {
        return rejected(Code.JOB_BUSY, "A cut of this job is open.");
    }

    private static Rejected sceneBusy() {
        return rejected(Code.SCENE_BUSY, "The scenes are being rendered; they can be changed after the first cut.");
    }

    private static String isNow(Job state) {
        return "this one is " + Standing.of(state).stageName() + ".";
    }

    private static Rejected rejected(Code code, String message) {
        return new Rejected(code, message);
    }
}
