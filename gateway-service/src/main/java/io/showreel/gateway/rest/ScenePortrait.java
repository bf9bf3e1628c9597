package io.showreel.gateway.rest;

import io.showreel.contracts.scene.SceneEvent;
import io.showreel.gateway.job.Cut;
import io.showreel.gateway.job.Job;
import io.showreel.gateway.job.KeptCuts.KeptCut;
import io.showreel.gateway.job.Scene;
import io.showreel.gateway.job.Standing;
import io.showreel.gateway.job.StoredJob;
import io.showreel.gateway.job.Storyboard;
import io.showreel.gateway.job.Take;
import io.showreel.gateway.rest.Views.QualityView;
import io.showreel.gateway.rest.Views.SceneList;
import io.showreel.gateway.rest.Views.SceneTake;
import io.showreel.gateway.rest.Views.SceneTakeList;
import io.showreel.gateway.rest.Views.SceneView;
import io.showreel.gateway.rest.Views.StoryboardView;
import io.showreel.gateway.rest.Views.TakeCount;
import io.showreel.web.MediaLinks;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Draws the scenes of a job as clients see them. */
@Component
class ScenePortrait {

    private final MediaLinks media;

    ScenePortrait(MediaLinks media) {
        this.media = media;
    }

    StoryboardView storyboard(StoredJob stored, Storyboard storyboard) {
        return new StoryboardView(
                storyboard.etag(),
                Drawing.lower(storyboard.origin()),
                views(stored, storyboard),
                Drawing.seconds(storyboard.totalDuration()));
    }

    SceneList scenes(StoredJob stored) {
        var storyboard = Job.storyboardOf(stored.state());
        var scenes = storyboard == null ? List.<SceneView>of() : views(stored, storyboard);
        return new SceneList(
                stored.id(),
                scenes.size(),
                (int) scenes.stream().filter(SceneView::hasVideo).count(),
                Standing.of(stored.state()).progress(),
                scenes);
    }

    private List<SceneView> views(StoredJob stored, Storyboard storyboard) {
        var views = new ArrayList<SceneView>();
        for (var scene : storyboard.scenes()) {
            views.add(view(stored, scene, views.size() + 1));
        }
        return views;
    }

    private SceneView view(StoredJob stored, Scene scene, int position) {
        var order = stored.order();
        var cut = Job.cutOf(stored.state());
        var take = take(scene, cut);
        var rendered = take == null ? null : take.end() instanceof Take.End.Rendered end ? end : null;
        return new SceneView(
                scene.id(),
                stored.id(),
                position,
                status(stored, scene, take),
                scene.title(),
                scene.description(),
                scene.prompt(),
                scene.sceneType(),
                scene.groupName(),
                Drawing.seconds(scene.duration()),
                scene.transition(),
                List.of(scene.first().assetId(), scene.last().assetId()),
                scene.score(),
                scene.reason(),
                scene.alternates().stream()
                        .map(pair -> List.of(pair.firstAssetId(), pair.lastAssetId()))
                        .toList(),
                rendered == null ? null : quality(rendered.quality()),
                scene.textOverlay(),
                null,
                order.model().name(),
                order.wish().aspectRatio(),
                take == null ? null : take.predictionId(),
                take == null ? 0 : take.attempts(),
                take == null ? null : Drawing.error(Standing.loss(take)),
                take == null || take.end() == null ? null : take.end().cost(),
                cut != null && !cut.madeOf(scene),
                rendered != null,
                rendered == null ? null : rendered.size(),
                rendered == null || take == null ? null : clipUrl(stored.id(), scene.id(), take),
                thumbnailUrl(stored.id(), scene, take),
                stored.insertedAt(),
                stored.updatedAt());
    }

    private String clipUrl(long jobId, UUID sceneId, Take take) {
        return media.link(clip(jobId, sceneId), take.id().toString());
    }

    private static String clip(long jobId, UUID sceneId) {
        return Portrait.API + "/videos/" + jobId + "/clips/clip_" + sceneId + ".mp4";
    }

    /** The clip's, as soon as it has one; before, that of the photo that it starts from. */
    private String thumbnailUrl(long jobId, Scene scene, @Nullable Take take) {
        return take != null && take.thumbnail() != null
                ? media.link(clip(jobId, scene.id()) + "/thumbnail", take.id().toString())
                : media.link(
                        Portrait.API + "/assets/" + scene.first().assetId() + "/thumbnail",
                        name(scene.first().object()));
    }

    /** An object is named by its sha256, by which asset-service names versions too. */
    private static String name(URI object) {
        var name = object.getPath().substring(object.getPath().lastIndexOf('/') + 1);
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** What is or was rendered for the scene; if its input has changed since, what was rendered before. */
    private static @Nullable Take take(Scene scene, @Nullable Cut cut) {
        if (scene.kept() != null) {
            return scene.kept();
        }
        return cut == null
                ? null
                : cut.take(scene.takeId())
                        .or(() -> cut.takes().stream()
                                .filter(take -> scene.id().equals(take.sceneId()))
                                .findFirst())
                        .orElse(null);
    }

    private static String status(StoredJob stored, Scene scene, @Nullable Take take) {
        if (take == null || !take.id().equals(scene.takeId())) {
            return stored.state() instanceof Job.Canceled ? "canceled" : "pending";
        }
        var end = take.end();
        if (end == null) {
            return take.begun() ? "processing" : "pending";
        }
        return switch (end) {
            case Take.End.Rendered rendered -> "completed";
            case Take.End.Lost lost -> "failed";
            case Take.End.Withdrawn withdrawn -> "canceled";
        };
    }

    private static @Nullable QualityView quality(SceneEvent.@Nullable Quality seen) {
        return seen == null
                ? null
                : new QualityView(
                        seen.width(),
                        seen.height(),
                        seen.framesPerSecond(),
                        Drawing.seconds(seen.length()),
                        Drawing.seconds(seen.black()),
                        Drawing.seconds(seen.frozen()),
                        seen.firstFrame(),
                        seen.lastFrame());
    }

    /** What was rendered for a scene, the newest first. */
    SceneTakeList takes(StoredJob stored, UUID sceneId, List<KeptCut> kept) {
        var cuts = new ArrayList<Cut>();
        kept.stream().map(KeptCut::cut).forEach(cuts::add);
        var latest = Job.openCutOf(stored.state());
        if (latest != null) {
            cuts.add(latest);
        }
        Map<UUID, SceneTake> takes = new LinkedHashMap<>();
        var storyboard = Objects.requireNonNull(Job.storyboardOf(stored.state()));
        var current = storyboard.scene(sceneId).map(Scene::takeId).orElse(null);
        for (var cut : cuts.reversed()) {
            cut.storyboard().scene(sceneId).ifPresent(scene -> cut.take(scene.takeId())
                    .filter(Take::rendered)
                    .ifPresent(take -> takes.merge(
                            take.id(), view(stored, scene, take, cut, take.id().equals(current)), SceneTake::and)));
        }
        return new SceneTakeList(List.copyOf(takes.values()), new TakeCount(takes.size()));
    }

    private SceneTake view(StoredJob stored, Scene scene, Take take, Cut cut, boolean current) {
        return new SceneTake(
                take.id(),
                current,
                List.of(cut.number()),
                scene.prompt(),
                List.of(scene.first().assetId(), scene.last().assetId()),
                Drawing.seconds(stored.order().model().fitting(scene.duration()).orElse(scene.duration())),
                take.model(),
                take.predictionId(),
                take.end() == null ? null : take.end().cost(),
                clipUrl(stored.id(), scene.id(), take),
                thumbnailUrl(stored.id(), scene, take));
    }
}
