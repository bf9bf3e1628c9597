package io.showreel.gateway.timeline;

import io.showreel.contracts.scene.SceneRequest.WithdrawalReason;
import io.showreel.gateway.job.Cut;
import io.showreel.gateway.job.Job;
import io.showreel.gateway.job.Problem;
import io.showreel.gateway.job.Rendition;
import io.showreel.gateway.job.Scene;
import io.showreel.gateway.job.Storyboard;
import io.showreel.gateway.job.Take;
import io.showreel.gateway.timeline.Happening.Source;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happened from what changed, so that a late or repeated fact, which changes nothing, appears nowhere.
 *
 * <pre>
 * job_created          there was no job before
 * storyboard_requested another selection is asked for
 * storyboard_ready     a selection's scenes are there
 * selection_failed     a selection was refused or did not answer in time
 * scene_added, scene_changed, scene_removed, scenes_reordered   a person edited the storyboard
 * job_approved         the first cut was asked for
 * cut_requested        a cut was asked for, the first or a later one
 * take_started         the provider accepted a prediction; again for each resubmission
 * take_unverifiable    nobody can tell whether a prediction was paid
 * take_resolved        a person told
 * take_rendered, take_lost, take_withdrawn   how a take ended
 * cut_withdrawn        canceled, expired, or a required take is lost
 * cutting_started, film_published, cutting_failed   what stitch said of the cut
 * cut_closed           every take of the cut has ended, and its cost is known
 * revision_restored    an earlier film is published again as a new revision
 * rendition_requested, rendition_published, rendition_failed   another shape of the film
 * job_completed        a film is served: the first, a later revision
 * job_failed, job_canceled
 * </pre>
 *
 * <p>Phases, places in the queue and percentages are no happenings.
 */
final class Happenings {

    private final Job before;
    private final Job after;
    private final List<Draft> drafts = new ArrayList<>();

    private Happenings(Job before, Job after) {
        this.before = before;
        this.after = after;
    }

    static List<Happening> between(Job before, Job after) {
        if (before.equals(after) || after instanceof Job.Unborn) {
            return List.of();
        }
        var happenings = new Happenings(before, after);
        happenings.ofSelection();
        happenings.ofStoryboard();
        happenings.ofCut();
        happenings.ofRenditions();
        happenings.ofEnd();
        return happenings.drafts.stream().map(Draft::told).toList();
    }

    private void ofSelection() {
        var order = Job.orderOf(after);
        if (before instanceof Job.Unborn) {
            add("job_created", Source.CLIENT)
                    .with("type", lower(order.type()))
                    .with("video_name", order.videoName())
                    .with("campaign_id", order.campaignId())
                    .with("total_assets", order.totalAssets())
                    .with("configuration_version", order.configuration().version());
        } else if (after instanceof Job.Selecting selecting
                && !(before instanceof Job.Selecting earlier && earlier.selection() == selecting.selection())) {
            add("storyboard_requested", Source.CLIENT).with("selection", selecting.selection());
        }
        if (after instanceof Job.SelectionFailed failed && !(before instanceof Job.SelectionFailed)) {
            ofFailure(failed.selection(), failed.problem());
        }
        if (before instanceof Job.Selecting selecting && after instanceof Job.Ready ready && ready.problem() != null) {
            ofFailure(selecting.selection(), ready.problem());
        }
    }

    /** Another selection brought nothing, so the storyboard is the one that was told of before. */
    private boolean broughtNothing() {
        return before instanceof Job.Selecting && after instanceof Job.Ready ready && ready.problem() != null;
    }

    private void ofFailure(int selection, Problem problem) {
        add(
                        "selection_failed",
                        problem.code().equals("selection_timeout") ? Source.GATEWAY_SERVICE : Source.SELECTION_SERVICE)
                .with("selection", selection)
                .with(problem);
    }

    private void ofStoryboard() {
        var earlier = Job.storyboardOf(before);
        var storyboard = Job.storyboardOf(after);
        if (storyboard == null || broughtNothing()) {
            return;
        }
        if (earlier == null || earlier.selection() != storyboard.selection()) {
            add("storyboard_ready", Source.SELECTION_SERVICE)
                    .with("selection", storyboard.selection())
                    .with("etag", storyboard.etag())
                    .with("origin", lower(storyboard.origin()))
                    .with("scene_count", storyboard.scenes().size())
                    .with("total_duration", seconds(storyboard.totalDuration()))
                    .with("estimated_cost", Job.orderOf(after).estimate(storyboard));
        } else if (earlier.version() != storyboard.version()) {
            ofEdits(earlier, storyboard);
        }
    }

    private void ofEdits(Storyboard earlier, Storyboard storyboard) {
        var known = byId(earlier.scenes(), Scene::id);
        for (var scene : storyboard.scenes()) {
            var old = known.remove(scene.id());
            if (old == null) {
                ofScene("scene_added", storyboard, scene);
            } else if (!old.equals(scene)) {
                ofScene("scene_changed", storyboard, scene);
            }
        }
        known.values().forEach(removed -> ofScene("scene_removed", storyboard, removed));
        var orderBefore = ids(earlier);
        var orderAfter = ids(storyboard);
        orderBefore.retainAll(orderAfter);
        orderAfter.retainAll(orderBefore);
        if (!orderBefore.equals(orderAfter)) {
            add("scenes_reordered", Source.CLIENT)
                    .with("etag", storyboard.etag())
                    .with("scene_ids", ids(storyboard));
        }
    }

    private void ofScene(String type, Storyboard storyboard, Scene scene) {
        add(type, Source.CLIENT, scene.id()).with("title", scene.title()).with("etag", storyboard.etag());
    }

    private void ofCut() {
        var earlier = Job.cutOf(before);
        var cut = Job.cutOf(after);
        if (cut == null) {
            return;
        }
        var known = earlier == null || earlier.number() != cut.number() ? null : earlier;
        if (earlier == null) {
            add("job_approved", before instanceof Job.Selecting ? Source.GATEWAY_SERVICE : Source.CLIENT)
                    .with("automatic", before instanceof Job.Selecting)
                    .with("max_cost", Job.orderOf(after).maxCost());
        }
        var film = cut.film();
        if (known == null && film != null && film.madeIn() != null) {
            add("revision_restored", Source.CLIENT)
                    .with("revision", film.revision())
                    .with("made_in", film.madeIn());
            return;
        }
        if (known == null) {
            add("cut_requested", Source.GATEWAY_SERVICE)
                    .with("cut", cut.number())
                    .with("takes", cut.takes().size())
                    .with("kept", cut.takes().stream().filter(Take::inherited).count());
        } else {
            ofTakes(known, cut);
        }
        if (cut.withdrawn() != null && (known == null || known.withdrawn() == null)) {
            add("cut_withdrawn", cut.withdrawn() == WithdrawalReason.CANCELED ? Source.CLIENT : Source.GATEWAY_SERVICE)
                    .with("cut", cut.number())
                    .with("reason", lower(cut.withdrawn()));
        }
        if (cut.cuttingPercent() != null && (known == null || known.cuttingPercent() == null)) {
            add("cutting_started", Source.STITCH_SERVICE).with("cut", cut.number());
        }
        if (film != null && (known == null || known.film() == null)) {
            add("film_published", Source.STITCH_SERVICE)
                    .with("cut", cut.number())
                    .with("duration", seconds(film.length()))
                    .with("size", film.size())
                    .with("missing_scenes", film.missingScenes());
        }
        if (cut.trouble() != null && (known == null || known.trouble() == null)) {
            add("cutting_failed", Source.STITCH_SERVICE)
                    .with("cut", cut.number())
                    .with(cut.trouble());
        }
        if (cut.spentAtClose() != null && (known == null || known.spentAtClose() == null)) {
            add("cut_closed", Source.RENDER_SERVICE).with("cut", cut.number()).with("spent", cut.spentAtClose());
        }
    }

    private void ofTakes(Cut earlier, Cut cut) {
        var known = byId(earlier.takes(), Take::id);
        for (var take : cut.takes()) {
            var old = known.get(take.id());
            if (old != null && !old.equals(take)) {
                ofTake(cut, old, take);
            }
        }
    }

    private void ofTake(Cut cut, Take old, Take take) {
        var end = take.end();
        if (old.attempts() < take.attempts() && end == null) {
            ofTake("take_started", cut, take)
                    .with("attempt", take.attempts())
                    .with("model", take.model())
                    .with("prediction_id", take.predictionId());
        }
        if (old.doubt() == null && take.doubt() != null) {
            ofTake("take_unverifiable", cut, take).with("message", take.doubt());
        }
        if (old.paid() == null && take.paid() != null) {
            add("take_resolved", Source.CLIENT, take.sceneId())
                    .with("cut", cut.number())
                    .with("take_id", take.id())
                    .with("paid", take.paid());
        }
        if (old.end() != null || end == null) {
            return;
        }
        switch (end) {
            case Take.End.Rendered rendered ->
                ofTake("take_rendered", cut, take)
                        .with("size", rendered.size())
                        .with("cost", rendered.cost())
                        .with("attempts", take.attempts());
            case Take.End.Lost lost ->
                ofTake("take_lost", cut, take)
                        .with("reason", lower(lost.reason()))
                        .with("message", lost.message())
                        .with("cost", lost.cost())
                        .with("attempts", take.attempts());
            case Take.End.Withdrawn withdrawn ->
                ofTake("take_withdrawn", cut, take)
                        .with("cost", withdrawn.cost())
                        .with("attempts", take.attempts());
        }
    }

    private Draft ofTake(String type, Cut cut, Take take) {
        return add(type, Source.RENDER_SERVICE, take.sceneId())
                .with("cut", cut.number())
                .with("take_id", take.id())
                .with("kind", lower(take.kind()));
    }

    private void ofRenditions() {
        if (!(after instanceof Job.Completed completed)) {
            return;
        }
        var known = byId(before instanceof Job.Completed earlier ? earlier.renditions() : List.of(), Rendition::id);
        for (var rendition : completed.renditions()) {
            var old = known.get(rendition.id());
            if (old == null) {
                ofRendition("rendition_requested", Source.CLIENT, rendition);
            } else if (old.file() == null && rendition.file() != null) {
                ofRendition("rendition_published", Source.STITCH_SERVICE, rendition);
            } else if (old.problem() == null && rendition.problem() != null) {
                ofRendition("rendition_failed", Source.STITCH_SERVICE, rendition)
                        .with(rendition.problem());
            }
        }
    }

    private Draft ofRendition(String type, Source source, Rendition rendition) {
        return add(type, source)
                .with("rendition_id", rendition.id())
                .with("cut", rendition.cut())
                .with("aspect_ratio", rendition.aspectRatio());
    }

    private void ofEnd() {
        if (after instanceof Job.Completed completed
                && !(before instanceof Job.Completed earlier && earlier.film().equals(completed.film()))) {
            add("job_completed", Source.GATEWAY_SERVICE)
                    .with("revision", completed.film().revision())
                    .with("partial", !completed.film().missingScenes().isEmpty())
                    .with("spent", Job.spentOf(after));
        }
        if (after instanceof Job.Failed failed && !(before instanceof Job.Failed)) {
            add("job_failed", Source.GATEWAY_SERVICE, failed.problem().sceneId())
                    .with(failed.problem())
                    .with("spent", Job.spentOf(after));
        }
        if (after instanceof Job.Canceled && !(before instanceof Job.Canceled)) {
            add("job_canceled", Source.CLIENT).with("spent", Job.spentOf(after));
        }
    }

    private Draft add(String type, Source source) {
        return add(type, source, null);
    }

    private Draft add(String type, Source source, @Nullable UUID sceneId) {
        var draft = new Draft(type, source, sceneId, new LinkedHashMap<>());
        drafts.add(draft);
        return draft;
    }

    /** A happening whose details are still being told. */
    private record Draft(
            String type, Source source, @Nullable UUID sceneId, Map<String, Object> data) {

        Draft with(String name, @Nullable Object value) {
            if (value != null) {
                data.put(name, value);
            }
            return this;
        }

        Draft with(Problem problem) {
            return with("code", problem.code()).with("message", problem.message());
        }

        Happening told() {
            return new Happening(type, source, sceneId, data);
        }
    }

    private static <T> Map<UUID, T> byId(List<T> things, Function<T, UUID> id) {
        return things.stream()
                .collect(Collectors.toMap(id, Function.identity(), (one, other) -> one, LinkedHashMap::new));
    }

    private static List<UUID> ids(Storyboard storyboard) {
        return storyboard.scenes().stream().map(Scene::id).collect(Collectors.toCollection(ArrayList::new));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static BigDecimal seconds(Duration duration) {
        var seconds = BigDecimal.valueOf(duration.toMillis()).movePointLeft(3).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }
}
