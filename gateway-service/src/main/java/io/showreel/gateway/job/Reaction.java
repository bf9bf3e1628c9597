package io.showreel.gateway.job;

import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.job.JobEvent;
import io.showreel.contracts.scene.SceneRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/** What follows from a job's change. */
final class Reaction {

    private final Job before;
    private final Job after;
    private final Order order;
    private final List<Effect> effects = new ArrayList<>();

    private Reaction(Job before, Job after) {
        this.before = before;
        this.after = after;
        this.order = Job.orderOf(after);
    }

    static List<Effect> to(Job before, Job after) {
        if (before.equals(after) || after instanceof Job.Unborn) {
            return List.of();
        }
        var reaction = new Reaction(before, after);
        reaction.selection();
        reaction.photos();
        reaction.cut();
        reaction.renditions();
        reaction.end();
        return List.copyOf(reaction.effects);
    }

    private void selection() {
        if (after instanceof Job.Selecting selecting && !(before instanceof Job.Selecting)) {
            if (before instanceof Job.Unborn) {
                announce(new JobEvent.JobCreated(
                        order.jobId(),
                        order.clientId(),
                        order.campaignId(),
                        order.type(),
                        order.videoName(),
                        selecting.material().assetIds()));
            }
            effects.add(new Effect.AskSelection(new JobCommand.SelectScenes(
                    order.jobId(),
                    selecting.selection(),
                    order.type(),
                    selecting.material().campaign(),
                    selecting.material().photos(),
                    order.wish(),
                    order.configuration(),
                    selecting.previous())));
        }
        var storyboard = Job.storyboardOf(after);
        if (before instanceof Job.Selecting selecting && storyboard != null && !storyboard.equals(selecting.shown())) {
            announce(new JobEvent.StoryboardReady(
                    order.jobId(),
                    order.clientId(),
                    order.campaignId(),
                    storyboard.scenes().size(),
                    order.estimate(storyboard),
                    storyboard.assetIds()));
        }
    }

    /** Photos that the job may not have used so far must be kept for it from now on. */
    private void photos() {
        var more = new ArrayList<UUID>();
        if (after instanceof Job.Selecting selecting && !(before instanceof Job.Unborn)) {
            more.addAll(selecting.material().assetIds());
        }
        var shown = Job.storyboardOf(before);
        var storyboard = Job.storyboardOf(after);
        if (shown != null && storyboard != null) {
            var known = new HashSet<>(shown.assetIds());
            storyboard.assetIds().stream()
                    .filter(asset -> !known.contains(asset))
                    .forEach(more::add);
        }
        if (!more.isEmpty() && !(before instanceof Job.Selecting)) {
            announce(new JobEvent.PhotosAdded(order.jobId(), order.clientId(), order.campaignId(), more));
        }
    }

    private void cut() {
        var cut = Job.cutOf(after);
        if (cut == null) {
            return;
        }
        var earlier = Job.cutOf(before);
        boolean isNew = earlier == null || earlier.number() != cut.number();
        if (isNew && !cut.restored()) {
            announce(new JobEvent.JobApproved(
                    order.jobId(),
                    order.clientId(),
                    order.campaignId(),
                    cut.number(),
                    cut.storyboard().assetIds()));
            ask(CutRequests.of(order, cut));
        }
        if (cut.withdrawn() != null && (earlier == null || isNew || earlier.withdrawn() == null)) {
            ask(new SceneRequest.CutWithdrawn(order.jobId(), cut.number(), cut.withdrawn()));
        }
        for (var take : cut.takes()) {
            var paid = take.paid();
            if (paid != null
                    && earlier != null
                    && earlier.take(take.id()).filter(Take::waitsForWord).isPresent()) {
                ask(new SceneRequest.TakeResolved(order.jobId(), take.id(), paid));
            }
        }
        if (cut.spentAtClose() != null
                && !cut.restored()
                && (earlier == null || isNew || !cut.spentAtClose().equals(earlier.spentAtClose()))) {
            announce(new JobEvent.CutClosed(
                    order.jobId(), order.clientId(), order.campaignId(), cut.number(), cut.spentAtClose()));
        }
        if (!cut.open() && (earlier == null || isNew || earlier.open())) {
            effects.add(new Effect.Keep(cut));
        }
    }

    private void renditions() {
        if (after instanceof Job.Completed completed) {
            var known = before instanceof Job.Completed earlier ? earlier.renditions() : List.<Rendition>of();
            completed.renditions().stream()
                    .filter(rendition ->
                            known.stream().noneMatch(one -> one.id().equals(rendition.id())))
                    .forEach(rendition -> {
                        if (rendition.request() != null) {
                            ask(rendition.request());
                        }
                    });
        }
    }

    private void end() {
        switch (after) {
            case Job.Completed completed -> {
                if (!(before instanceof Job.Completed earlier)
                        || !earlier.film().equals(completed.film())) {
                    announce(new JobEvent.JobCompleted(
                            order.jobId(),
                            order.clientId(),
                            order.campaignId(),
                            completed.film().revision(),
                            completed.film().partial(),
                            completed.film().object(),
                            completed.cut().spent()));
                }
            }
            case Job.Failed failed -> {
                if (!(before instanceof Job.Failed)) {
                    announce(new JobEvent.JobFailed(
                            order.jobId(),
                            order.clientId(),
                            order.campaignId(),
                            failed.problem().code(),
                            failed.problem().message(),
                            failed.cut().spent()));
                }
            }
            case Job.Canceled canceled ->
                announce(new JobEvent.JobCanceled(
                        order.jobId(), order.clientId(), order.campaignId(), "canceled", Job.spentOf(canceled)));
            case Job.Deleted deleted ->
                announce(new JobEvent.JobDeleted(order.jobId(), order.clientId(), order.campaignId()));
            case Job.Unborn unborn -> {}
            case Job.Selecting selecting -> {}
            case Job.SelectionFailed failed -> {}
            case Job.Ready ready -> {}
            case Job.Rendering rendering -> {}
        }
    }

    private void announce(JobEvent event) {
        effects.add(new Effect.Announce(event));
    }

    private void ask(SceneRequest request) {
        effects.add(new Effect.AskScenes(request));
    }
}
