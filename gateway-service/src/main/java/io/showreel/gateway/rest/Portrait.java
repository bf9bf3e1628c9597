package io.showreel.gateway.rest;

import io.showreel.contracts.scene.TakeKind;
import io.showreel.gateway.forecast.Forecasts;
import io.showreel.gateway.job.Cut;
import io.showreel.gateway.job.Film;
import io.showreel.gateway.job.Job;
import io.showreel.gateway.job.Problem;
import io.showreel.gateway.job.Scene;
import io.showreel.gateway.job.Standing;
import io.showreel.gateway.job.StoredJob;
import io.showreel.gateway.job.Storyboard;
import io.showreel.gateway.job.Take;
import io.showreel.gateway.rest.Views.CreatedJob;
import io.showreel.gateway.rest.Views.CutView;
import io.showreel.gateway.rest.Views.ErrorView;
import io.showreel.gateway.rest.Views.GeneratedVideo;
import io.showreel.gateway.rest.Views.JobView;
import io.showreel.gateway.rest.Views.Links;
import io.showreel.gateway.rest.Views.SceneList;
import io.showreel.gateway.rest.Views.SceneView;
import io.showreel.gateway.rest.Views.StoryboardView;
import io.showreel.gateway.rest.Views.TakeView;
import io.showreel.web.MediaLinks;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Draws a job as clients see it, from its row alone. */
@Component
class Portrait {

    static final String API = "/api/v3";

    private final MediaLinks media;
    private final Forecasts forecasts;

    Portrait(MediaLinks media, Forecasts forecasts) {
        this.media = media;
        this.forecasts = forecasts;
    }

    JobView job(StoredJob stored) {
        var state = stored.state();
        var order = stored.order();
        var standing = Standing.of(state);
        var storyboard = Job.storyboardOf(state);
        var cut = Job.cutOf(state);
        var film = film(state);
        return new JobView(
                stored.id(),
                order.type(),
                standing.statusName(),
                order.videoName(),
                order.campaignId(),
                order.clientId(),
                order.estimate(storyboard),
                costs(stored),
                order.maxCost(),
                standing.progress(),
                standing.stageName(),
                order.parameters(),
                storyboard == null ? null : storyboard(stored, storyboard),
                cut == null ? null : cut(cut),
                film.map(Film::revision).orElse(null),
                film.map(served -> videoUrl(stored.id(), served)).orElse(null),
                film.map(served -> thumbnailUrl(stored.id(), served)).orElse(null),
                error(standing.problem()),
                standing.queuePosition(),
                forecasts.completion(stored).orElse(null),
                stored.insertedAt(),
                stored.updatedAt());
    }

    static Optional<Film> film(Job state) {
        return state instanceof Job.Completed completed ? Optional.of(completed.film()) : Optional.empty();
    }

    private static Views.Costs costs(StoredJob stored) {
        var state = stored.state();
        return new Views.Costs(stored.order().estimate(Job.storyboardOf(state)), Job.spentOf(state), "USD");
    }

    private StoryboardView storyboard(StoredJob stored, Storyboard storyboard) {
        return new StoryboardView(
                storyboard.etag(),
                lower(storyboard.origin()),
                sceneViews(stored, storyboard),
                seconds(storyboard.totalDuration()));
    }

    private static CutView cut(Cut cut) {
        var problem = cut.ended().orElse(null) instanceof Cut.End.Failed failed ? failed.problem() : null;
        return new CutView(cut.number(), lower(Standing.of(cut)), Standing.percent(cut), error(problem));
    }

    SceneList scenes(StoredJob stored) {
        var storyboard = Job.storyboardOf(stored.state());
        var scenes = storyboard == null ? List.<SceneView>of() : sceneViews(stored, storyboard);
        return new SceneList(
                stored.id(),
                scenes.size(),
                (int) scenes.stream().filter(SceneView::hasVideo).count(),
                Standing.of(stored.state()).progress(),
                scenes);
    }

    private List<SceneView> sceneViews(StoredJob stored, Storyboard storyboard) {
        var views = new ArrayList<SceneView>();
        for (var scene : storyboard.scenes()) {
            views.add(scene(stored, scene, views.size() + 1));
        }
        return views;
    }

    private SceneView scene(StoredJob stored, Scene scene, int position) {
        var order = stored.order();
        var take = take(stored, scene.id());
        var rendered = take == null ? null : take.end() instanceof Take.End.Rendered end ? end : null;
        return new SceneView(
                scene.id(),
                stored.id(),
                position,
                status(stored, take),
                scene.title(),
                scene.description(),
                scene.prompt(),
                scene.sceneType(),
                scene.groupName(),
                seconds(scene.duration()),
                scene.transition(),
                List.of(scene.first().assetId(), scene.last().assetId()),
                scene.score(),
                scene.reason(),
                scene.alternates().stream()
                        .map(pair -> List.of(pair.firstAssetId(), pair.lastAssetId()))
                        .toList(),
                null,
                null,
                null,
                order.model().name(),
                order.wish().aspectRatio(),
                take == null ? null : take.predictionId(),
                take == null ? 0 : take.attempts(),
                take == null ? null : error(Standing.loss(take)),
                take == null || take.end() == null ? null : take.end().cost(),
                rendered != null,
                rendered == null ? null : rendered.size(),
                rendered == null || take == null
                        ? null
                        : media.link(
                                API + "/videos/" + stored.id() + "/clips/clip_" + scene.id() + ".mp4",
                                take.id().toString()),
                null,
                stored.insertedAt(),
                stored.updatedAt());
    }

    static @Nullable Take take(StoredJob stored, UUID sceneId) {
        var cut = Job.cutOf(stored.state());
        return cut == null
                ? null
                : cut.takes().stream()
                        .filter(take -> take.kind() == TakeKind.CLIP && sceneId.equals(take.sceneId()))
                        .findFirst()
                        .orElse(null);
    }

    private static String status(StoredJob stored, @Nullable Take take) {
        if (take == null) {
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

    CreatedJob created(StoredJob stored, boolean withLinks) {
        var order = stored.order();
        var standing = Standing.of(stored.state());
        var storyboard = Job.storyboardOf(stored.state());
        return new CreatedJob(
                stored.id(),
                standing.statusName(),
                order.type(),
                order.videoName(),
                storyboard == null
                        ? order.wish().sceneCount()
                        : storyboard.scenes().size(),
                storyboard != null,
                storyboard == null ? null : storyboard(stored, storyboard),
                order.estimate(storyboard),
                costs(stored),
                order.campaignId(),
                order.clientId(),
                order.totalAssets(),
                seconds(order.wish().clipDuration()),
                order.parameters(),
                message(standing),
                withLinks ? links(stored.id()) : null);
    }

    private static String message(Standing standing) {
        return switch (standing.stage()) {
            case SELECTING_SCENES -> "The scenes are being chosen.";
            case STORYBOARD_READY -> "The storyboard is ready for approval.";
            case SELECTION_FAILED ->
                standing.problem() == null
                        ? "No scenes could be chosen."
                        : standing.problem().message();
            default -> "The job is " + standing.statusName() + ".";
        };
    }

    static Links links(long jobId) {
        var self = API + "/jobs/" + jobId;
        return new Links(
                self, self + "/approve", self + "/scenes", self + "/events", API + "/videos/" + jobId + "/combined");
    }

    GeneratedVideo video(StoredJob stored) {
        var order = stored.order();
        var film = film(stored.state()).orElseThrow();
        return new GeneratedVideo(
                stored.id(),
                order.campaignId(),
                order.clientId(),
                order.videoName(),
                film.revision(),
                !film.missingScenes().isEmpty(),
                seconds(film.length()),
                film.size(),
                videoUrl(stored.id(), film),
                thumbnailUrl(stored.id(), film),
                Job.spentOf(stored.state()),
                stored.insertedAt(),
                stored.updatedAt());
    }

    List<TakeView> takes(StoredJob stored) {
        var cut = Job.cutOf(stored.state());
        return cut == null
                ? List.of()
                : cut.takes().stream().map(take -> take(take, cut)).toList();
    }

    private static TakeView take(Take take, Cut cut) {
        var loss = Standing.loss(take);
        return new TakeView(
                take.id(),
                take.sceneId(),
                lower(take.kind()),
                takeStatus(take),
                take.required(),
                take.inherited() ? null : cut.number(),
                take.model(),
                take.end() == null ? null : take.end().cost(),
                loss == null ? null : loss.code(),
                loss == null ? null : loss.message(),
                List.of());
    }

    private static String takeStatus(Take take) {
        var end = take.end();
        if (end == null) {
            return take.doubt() == null ? lower(take.phase()) : "unverifiable";
        }
        return switch (end) {
            case Take.End.Rendered rendered -> "rendered";
            case Take.End.Lost lost -> "lost";
            case Take.End.Withdrawn withdrawn -> "withdrawn";
        };
    }

    private String videoUrl(long jobId, Film film) {
        return media.link(API + "/videos/" + jobId + "/combined", Integer.toString(film.revision()));
    }

    private @Nullable String thumbnailUrl(long jobId, Film film) {
        return film.thumbnail() == null
                ? null
                : media.link(API + "/videos/" + jobId + "/thumbnail", Integer.toString(film.revision()));
    }

    private static @Nullable ErrorView error(@Nullable Problem problem) {
        return problem == null ? null : new ErrorView(problem.code(), problem.message(), problem.sceneId());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static BigDecimal seconds(Duration duration) {
        var seconds = BigDecimal.valueOf(duration.toMillis()).movePointLeft(3).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }
}
