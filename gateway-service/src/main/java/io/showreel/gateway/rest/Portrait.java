package io.showreel.gateway.rest;

import io.showreel.gateway.forecast.Forecasts;
import io.showreel.gateway.job.Cut;
import io.showreel.gateway.job.Film;
import io.showreel.gateway.job.Job;
import io.showreel.gateway.job.KeptCuts.KeptCut;
import io.showreel.gateway.job.Order;
import io.showreel.gateway.job.Rendition;
import io.showreel.gateway.job.Standing;
import io.showreel.gateway.job.StoredJob;
import io.showreel.gateway.job.Take;
import io.showreel.gateway.rest.Views.ChoiceView;
import io.showreel.gateway.rest.Views.CreatedJob;
import io.showreel.gateway.rest.Views.CutView;
import io.showreel.gateway.rest.Views.FilmView;
import io.showreel.gateway.rest.Views.GeneratedVideo;
import io.showreel.gateway.rest.Views.JobView;
import io.showreel.gateway.rest.Views.Links;
import io.showreel.gateway.rest.Views.RenditionView;
import io.showreel.gateway.rest.Views.RevisionList;
import io.showreel.gateway.rest.Views.RevisionView;
import io.showreel.gateway.rest.Views.TakeCount;
import io.showreel.gateway.rest.Views.TakeView;
import io.showreel.web.MediaLinks;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Draws a job as clients see it, from its row alone. */
@Component
class Portrait {

    static final String API = "/api/v3";

    private final MediaLinks media;
    private final ScenePortrait scenes;
    private final Forecasts forecasts;

    Portrait(MediaLinks media, ScenePortrait scenes, Forecasts forecasts) {
        this.media = media;
        this.scenes = scenes;
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
                storyboard == null ? null : scenes.storyboard(stored, storyboard),
                cut == null ? null : cut(stored.order(), cut),
                film.map(Film::revision).orElse(null),
                film.map(served -> videoUrl(stored.id(), served)).orElse(null),
                film.map(served -> thumbnailUrl(stored.id(), served)).orElse(null),
                film.map(served -> film(stored.id(), served)).orElse(null),
                renditions(stored),
                Drawing.error(standing.problem()),
                hold(cut),
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

    private static CutView cut(Order order, Cut cut) {
        var problem = cut.ended().orElse(null) instanceof Cut.End.Failed failed ? failed.problem() : null;
        return new CutView(
                cut.number(),
                Drawing.lower(Standing.of(cut)),
                Standing.percent(order, cut),
                Drawing.error(problem),
                Drawing.secondsOrNone(cut.bound()),
                Drawing.secondsOrNone(cut.actual()));
    }

    /** Why it does not go on at the moment, though nothing is wrong with it. */
    private static @Nullable String hold(@Nullable Cut cut) {
        return cut == null || !cut.ended().isEmpty()
                ? null
                : Stream.concat(
                                Stream.ofNullable(cut.hold()),
                                cut.takes().stream().map(Take::hold))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private FilmView film(long jobId, Film film) {
        var showcase = film.showcase();
        return new FilmView(
                Drawing.seconds(film.length()),
                film.size(),
                film.missingScenes(),
                film.plan().stream()
                        .map(choice ->
                                new ChoiceView(choice.sceneId(), choice.subject(), choice.way(), choice.reason()))
                        .toList(),
                Drawing.secondsOrNone(film.stitching()),
                partUrl(jobId, "poster", film, showcase == null ? null : showcase.poster()),
                partUrl(jobId, "sprite.jpg", film, showcase == null ? null : showcase.sprite()),
                partUrl(jobId, "track.vtt", film, showcase == null ? null : showcase.track()));
    }

    private List<RenditionView> renditions(StoredJob stored) {
        return stored.state() instanceof Job.Completed completed
                ? completed.renditions().stream()
                        .map(rendition -> rendition(stored.id(), rendition))
                        .toList()
                : List.of();
    }

    private RenditionView rendition(long jobId, Rendition rendition) {
        var file = rendition.file();
        return new RenditionView(
                rendition.id(),
                rendition.cut(),
                rendition.aspectRatio(),
                rendition.status(),
                Drawing.error(rendition.problem()),
                file == null ? null : file.size(),
                file == null
                        ? null
                        : media.link(
                                API + "/videos/" + jobId + "/renditions/" + rendition.id(),
                                rendition.id().toString()));
    }

    RevisionList revisions(StoredJob stored, List<KeptCut> kept) {
        int served = film(stored.state()).map(Film::revision).orElse(0);
        var revisions = new ArrayList<RevisionView>();
        for (var ended : kept.reversed()) {
            if (ended.cut().ended().orElse(null) instanceof Cut.End.Published published) {
                var film = published.film();
                revisions.add(new RevisionView(
                        film.revision(),
                        film.revision() == served,
                        film.madeIn(),
                        !film.missingScenes().isEmpty(),
                        Drawing.seconds(film.length()),
                        film.size(),
                        videoUrl(stored.id(), film),
                        thumbnailUrl(stored.id(), film),
                        ended.endedAt()));
            }
        }
        return new RevisionList(List.copyOf(revisions), new TakeCount(revisions.size()));
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
                storyboard == null ? null : scenes.storyboard(stored, storyboard),
                order.estimate(storyboard),
                costs(stored),
                order.campaignId(),
                order.clientId(),
                order.totalAssets(),
                Drawing.seconds(order.wish().clipDuration()),
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
                Drawing.seconds(film.length()),
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
                Drawing.lower(take.kind()),
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
            return take.doubt() == null ? Drawing.lower(take.phase()) : "unverifiable";
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
        return partUrl(jobId, "thumbnail", film, film.thumbnail());
    }

    /** Where something that belongs to a film is served; null if there is no such thing. */
    private @Nullable String partUrl(long jobId, String name, Film film, @Nullable URI object) {
        return object == null
                ? null
                : media.link(API + "/videos/" + jobId + "/" + name, Integer.toString(film.revision()));
    }
}
