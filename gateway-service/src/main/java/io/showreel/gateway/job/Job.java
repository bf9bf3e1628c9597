package io.showreel.gateway.job;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.showreel.contracts.Usd;
import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.job.JobEvent;
import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.scene.SceneRequest.WithdrawalReason;
import io.showreel.gateway.job.Decision.Accepted;
import io.showreel.gateway.job.Decision.Code;
import io.showreel.gateway.job.Decision.Rejected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job, from its creation to its film.
 *
 * <pre>
 * Unborn          =&gt; Selecting        created
 * Selecting       =&gt; Ready            a storyboard was chosen
 * Selecting       =&gt; Rendering        a storyboard was chosen and approves itself
 * Selecting       =&gt; SelectionFailed  refused, unusable, or no answer in time
 * Selecting       =&gt; Canceled         canceled
 * SelectionFailed =&gt; Selecting        retried: another selection; answers to the older one are ignored
 * SelectionFailed =&gt; Canceled         canceled
 * Ready           =&gt; Rendering        approved
 * Ready           =&gt; Canceled         canceled
 * Rendering       =&gt; Rendering        the cut goes on, or was withdrawn and waits until render closed it
 * Rendering       =&gt; Completed        the cut ended with a film
 * Rendering       =&gt; Failed           the cut ended without a film
 * Rendering       =&gt; Canceled         the cut ended after it was canceled
 * Failed          =&gt; Rendering        retried: another cut; what was rendered is kept
 * Completed       =&gt; Completed        retried while scenes are missing: another cut, whose end changes the film or nothing
 * </pre>
 *
 * <p>Facts are folded first and looked at afterwards; a late or repeated one gives back the same state. Facts of a cut
 * may arrive in any order. Neither a clock nor chance is in here: times and new ids come with facts and commands.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "state")
public sealed interface Job {

    /** Before its creation. */
    record Unborn() implements Job {}

    record Selecting(Order order, Material material, int selection, Instant due) implements Job {}

    record SelectionFailed(Order order, Material material, int selection, Problem problem) implements Job {}

    /** Waits for its person, without a deadline. */
    record Ready(Order order, Storyboard storyboard) implements Job {}

    /** @param reached progress that a client has seen; it never falls */
    record Rendering(Order order, Storyboard storyboard, Cut cut, int reached) implements Job {}

    /**
     * @param cut the latest, which may be open
     * @param film served, of this or of an earlier cut
     */
    record Completed(Order order, Storyboard storyboard, Cut cut, Film film) implements Job {}

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

    static Job evolve(Job state, Fact fact) {
        return switch (state) {
            case Unborn unborn ->
                fact instanceof Fact.Created created
                        ? new Selecting(created.order(), created.material(), 1, created.due())
                        : unborn;
            case Selecting selecting -> evolve(selecting, fact);
            case SelectionFailed failed ->
                switch (fact) {
                    case Fact.Retried retried ->
                        new Selecting(
                                failed.order().capped(retried.maxCost()),
                                failed.material(),
                                failed.selection() + 1,
                                retried.due());
                    case Fact.CancelAccepted canceled -> new Canceled(failed.order(), null, null, 0);
                    case Fact.Created created -> failed;
                    case Fact.OfSelection late -> failed;
                    case Fact.Approved approved -> failed;
                    case Fact.OfCut ofCut -> failed;
                    case Fact.TimeIsUp timeIsUp -> failed;
                };
            case Ready ready ->
                switch (fact) {
                    case Fact.Approved approved ->
                        rendering(ready.order().capped(approved.maxCost()), ready.storyboard(), approved.due());
                    case Fact.CancelAccepted canceled ->
                        new Canceled(ready.order(), ready.storyboard(), null, Progress.READY);
                    case Fact.Created created -> ready;
                    case Fact.OfSelection repeated -> ready;
                    case Fact.Retried retried -> ready;
                    case Fact.OfCut ofCut -> ready;
                    case Fact.TimeIsUp timeIsUp -> ready;
                };
            case Rendering rendering ->
                switch (fact) {
                    case Fact.OfCut ofCut -> settle(rendering, rendering.cut().evolve(ofCut));
                    case Fact.CancelAccepted canceled ->
                        settle(rendering, rendering.cut().withdraw(WithdrawalReason.CANCELED));
                    case Fact.TimeIsUp up -> settle(rendering, expire(rendering.cut(), up));
                    case Fact.Created created -> rendering;
                    case Fact.OfSelection repeated -> rendering;
                    case Fact.Approved approved -> rendering;
                    case Fact.Retried retried -> rendering;
                };
            case Completed completed ->
                switch (fact) {
                    case Fact.OfCut ofCut -> settle(completed, completed.cut().evolve(ofCut));
                    case Fact.CancelAccepted canceled ->
                        completed.cut().open()
                                ? settle(completed, completed.cut().withdraw(WithdrawalReason.CANCELED))
                                : completed;
                    case Fact.TimeIsUp up -> settle(completed, expire(completed.cut(), up));
                    case Fact.Retried retried -> {
                        var order = completed.order().capped(retried.maxCost());
                        var storyboard = completed.storyboard().renewed(retried.freshTakes());
                        yield new Completed(
                                order,
                                storyboard,
                                completed.cut().next(order, storyboard, retried.due()),
                                completed.film());
                    }
                    case Fact.Created created -> completed;
                    case Fact.OfSelection repeated -> completed;
                    case Fact.Approved approved -> completed;
                };
            case Failed failed ->
                switch (fact) {
                    case Fact.Retried retried -> {
                        var order = failed.order().capped(retried.maxCost());
                        var storyboard = failed.storyboard().renewed(retried.freshTakes());
                        yield new Rendering(
                                order,
                                storyboard,
                                failed.cut().next(order, storyboard, retried.due()),
                                failed.reached());
                    }
                    case Fact.Created created -> failed;
                    case Fact.OfSelection repeated -> failed;
                    case Fact.Approved approved -> failed;
                    case Fact.CancelAccepted canceled -> failed;
                    case Fact.OfCut late -> failed;
                    case Fact.TimeIsUp timeIsUp -> failed;
                };
            case Canceled canceled -> canceled;
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
            case Fact.CancelAccepted canceled -> new Canceled(state.order(), null, null, 0);
            case Fact.Created repeated -> state;
            case Fact.Approved approved -> state;
            case Fact.Retried retried -> state;
            case Fact.OfCut ofCut -> state;
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
                        : new Ready(order, storyboard))
                .orElseGet(() -> fail(
                        state, Problem.of("unusable_storyboard", "The storyboard uses photos that were not offered.")));
    }

    private static Job fail(Selecting state, Problem problem) {
        return new SelectionFailed(state.order(), state.material(), state.selection(), problem);
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
                    case Cut.End.Published published -> new Completed(order, storyboard, cut, published.film());
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
        return new Completed(before.order(), before.storyboard(), cut, film);
    }

    static Decision decide(Job state, Command command) {
        return switch (command) {
            case Command.Approve approve -> approve(state, approve);
            case Command.Cancel cancel -> cancel(state);
            case Command.Retry retry -> retry(state, retry);
        };
    }

    private static Decision approve(Job state, Command.Approve approve) {
        if (!(state instanceof Ready ready)) {
            return new Rejected(
                    Code.JOB_NOT_PENDING,
                    "Only a pending job with a storyboard can be approved; this one is "
                            + Standing.of(state).stageName() + ".");
        }
        if (approve.storyboard() != null
                && !approve.storyboard().equals(ready.storyboard().etag())) {
            return new Rejected(Code.STORYBOARD_CHANGED, "The storyboard is not the one that was seen.");
        }
        return Accepted.of(new Fact.Approved(approve.maxCost(), approve.due()));
    }

    private static Decision cancel(Job state) {
        return switch (state) {
            case Unborn unborn -> throw new IllegalStateException("Nobody can cancel a job that does not exist");
            case Selecting selecting -> Accepted.of(new Fact.CancelAccepted());
            case SelectionFailed failed -> Accepted.of(new Fact.CancelAccepted());
            case Ready ready -> Accepted.of(new Fact.CancelAccepted());
            case Rendering rendering -> Accepted.of(new Fact.CancelAccepted());
            case Completed completed ->
                completed.cut().open()
                        ? Accepted.of(new Fact.CancelAccepted())
                        : new Rejected(Code.JOB_NOT_CANCELABLE, "The job has completed; nothing of it is open.");
            case Failed failed -> new Rejected(Code.JOB_NOT_CANCELABLE, "The job has failed; nothing of it is open.");
            case Canceled canceled -> Accepted.of();
        };
    }

    private static Decision retry(Job state, Command.Retry retry) {
        return switch (state) {
            case SelectionFailed failed -> retried(failed.order(), retry, Accepted.of(retried(retry, null)));
            case Failed failed -> retried(failed.order(), retry, Accepted.of(retried(retry, failed.cut())));
            case Completed completed -> {
                if (completed.cut().open()) {
                    yield new Rejected(Code.JOB_BUSY, "A cut of this job is open.");
                }
                yield completed.film().partial()
                        ? retried(completed.order(), retry, Accepted.of(retried(retry, completed.cut())))
                        : notRetryable(state);
            }
            case Unborn unborn -> notRetryable(state);
            case Selecting selecting -> notRetryable(state);
            case Ready ready -> notRetryable(state);
            case Rendering rendering -> notRetryable(state);
            case Canceled canceled -> notRetryable(state);
        };
    }

    private static Decision retried(Order order, Command.Retry retry, Accepted accepted) {
        Usd cap = order.maxCost();
        return retry.maxCost() != null && cap != null && retry.maxCost().compareTo(cap) < 0
                ? new Rejected(Code.CAP_LOWERED, "max_cost can be raised, but is " + cap + " already.")
                : accepted;
    }

    private static Fact retried(Command.Retry retry, @Nullable Cut cut) {
        return new Fact.Retried(retry.maxCost(), cut == null ? Map.of() : cut.renewal(retry.freshTakes()), retry.due());
    }

    private static Decision notRetryable(Job state) {
        return new Rejected(
                Code.JOB_NOT_RETRYABLE,
                "Only what failed, or completed with scenes missing, can be tried again; this job is "
                        + Standing.of(state).stageName() + ".");
    }

    /** What follows from a change; nothing if there was none. */
    static List<Effect> react(Job before, Job after) {
        if (before.equals(after) || after instanceof Unborn) {
            return List.of();
        }
        var effects = new ArrayList<Effect>();
        reactToSelection(before, after, effects);
        reactToCut(before, after, effects);
        reactToEnd(before, after, effects);
        return List.copyOf(effects);
    }

    private static void reactToSelection(Job before, Job after, List<Effect> effects) {
        if (after instanceof Selecting selecting && !(before instanceof Selecting)) {
            var order = selecting.order();
            if (before instanceof Unborn) {
                effects.add(new Effect.Announce(new JobEvent.JobCreated(
                        order.jobId(),
                        order.clientId(),
                        order.campaignId(),
                        order.type(),
                        order.videoName(),
                        selecting.material().assetIds())));
            }
            effects.add(new Effect.AskSelection(new JobCommand.SelectScenes(
                    order.jobId(),
                    selecting.selection(),
                    order.type(),
                    selecting.material().campaign(),
                    selecting.material().photos(),
                    order.wish(),
                    order.configuration())));
        }
        var storyboard = storyboardOf(after);
        if (before instanceof Selecting && storyboard != null) {
            var order = orderOf(after);
            effects.add(new Effect.Announce(new JobEvent.StoryboardReady(
                    order.jobId(),
                    order.clientId(),
                    order.campaignId(),
                    storyboard.scenes().size(),
                    order.estimate(storyboard),
                    storyboard.assetIds())));
        }
    }

    private static void reactToCut(Job before, Job after, List<Effect> effects) {
        var cut = cutOf(after);
        var storyboard = storyboardOf(after);
        if (cut == null || storyboard == null) {
            return;
        }
        var order = orderOf(after);
        var earlier = cutOf(before);
        boolean isNew = earlier == null || earlier.number() != cut.number();
        if (isNew) {
            effects.add(new Effect.Announce(new JobEvent.JobApproved(
                    order.jobId(), order.clientId(), order.campaignId(), cut.number(), storyboard.assetIds())));
            effects.add(new Effect.AskScenes(CutRequests.of(order, storyboard, cut)));
        }
        if (cut.withdrawn() != null && (earlier == null || isNew || earlier.withdrawn() == null)) {
            effects.add(
                    new Effect.AskScenes(new SceneRequest.CutWithdrawn(order.jobId(), cut.number(), cut.withdrawn())));
        }
        if (cut.spentAtClose() != null && (earlier == null || isNew || earlier.spentAtClose() == null)) {
            effects.add(new Effect.Announce(new JobEvent.CutClosed(
                    order.jobId(), order.clientId(), order.campaignId(), cut.number(), cut.spentAtClose())));
        }
    }

    private static void reactToEnd(Job before, Job after, List<Effect> effects) {
        switch (after) {
            case Completed completed -> {
                if (!(before instanceof Completed earlier) || !earlier.film().equals(completed.film())) {
                    var order = completed.order();
                    effects.add(new Effect.Announce(new JobEvent.JobCompleted(
                            order.jobId(),
                            order.clientId(),
                            order.campaignId(),
                            completed.film().revision(),
                            completed.film().partial(),
                            completed.film().object(),
                            completed.cut().spent())));
                }
            }
            case Failed failed -> {
                var order = failed.order();
                effects.add(new Effect.Announce(new JobEvent.JobFailed(
                        order.jobId(),
                        order.clientId(),
                        order.campaignId(),
                        failed.problem().code(),
                        failed.problem().message(),
                        failed.cut().spent())));
            }
            case Canceled canceled -> {
                var order = canceled.order();
                effects.add(new Effect.Announce(new JobEvent.JobCanceled(
                        order.jobId(), order.clientId(), order.campaignId(), "canceled", spentOf(canceled))));
            }
            case Unborn unborn -> {}
            case Selecting selecting -> {}
            case SelectionFailed failed -> {}
            case Ready ready -> {}
            case Rendering rendering -> {}
        }
    }

    /** When the job waits no longer; null if it waits for nobody but its person. */
    static @Nullable Instant dueOf(Job state) {
        return switch (state) {
            case Selecting selecting -> selecting.due();
            case Rendering rendering -> dueOf(rendering.cut());
            case Completed completed -> dueOf(completed.cut());
            case Unborn unborn -> null;
            case SelectionFailed failed -> null;
            case Ready ready -> null;
            case Failed failed -> null;
            case Canceled canceled -> null;
        };
    }

    private static @Nullable Instant dueOf(Cut cut) {
        return cut.open() && cut.withdrawn() == null ? cut.due() : null;
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
        };
    }

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
        };
    }

    static Usd spentOf(Job state) {
        var cut = cutOf(state);
        return cut == null ? Usd.ZERO : cut.spent();
    }
}
