package io.showreel.gateway.lab;

import io.showreel.contracts.Usd;
import io.showreel.gateway.access.Caller;
import io.showreel.gateway.job.Cut;
import io.showreel.gateway.job.Job;
import io.showreel.gateway.job.Jobs;
import io.showreel.gateway.job.Scene;
import io.showreel.gateway.job.Standing;
import io.showreel.gateway.job.StoredJob;
import io.showreel.gateway.job.Storyboard;
import io.showreel.gateway.job.Take;
import io.showreel.web.ApiException;
import io.showreel.web.MediaLinks;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A job as a film strip: its scenes in order, with pictures to look at. */
@RestController
@ConditionalOnBooleanProperty(name = "showreel.testing.enabled", matchIfMissing = true)
class PreviewController {

    private static final String API = "/api/v3";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Jobs jobs;
    private final MediaLinks media;

    PreviewController(Jobs jobs, MediaLinks media) {
        this.jobs = jobs;
        this.media = media;
    }

    /**
     * @param totalDuration in seconds, as each scene's
     * @param music what the music is asked to be
     */
    record Preview(
            boolean success,
            long jobId,
            String videoName,
            String status,
            String currentStage,
            int progressPercentage,
            Usd estimatedCost,
            BigDecimal totalDuration,
            @Nullable String music,
            List<PreviewScene> scenes,
            @Nullable String videoUrl) {}

    /**
     * @param startsAt in seconds from the beginning of the film
     * @param clipUrl null until the clip is there
     */
    record PreviewScene(
            UUID id,
            int position,
            BigDecimal startsAt,
            BigDecimal duration,
            String title,
            @Nullable String description,
            String prompt,
            @Nullable String sceneType,
            String transition,
            @Nullable String firstPhotoUrl,
            @Nullable String lastPhotoUrl,
            @Nullable String clipUrl) {}

    @GetMapping(API + "/testing/jobs/{jobId}/preview")
    Mono<Preview> preview(@PathVariable long jobId, ServerWebExchange exchange) {
        return jobs.find(jobId)
                .filter(job -> Caller.of(exchange).sees(job.order().clientId()))
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("job")))
                .map(this::preview);
    }

    private Preview preview(StoredJob stored) {
        var standing = Standing.of(stored.state());
        var storyboard = Job.storyboardOf(stored.state());
        return new Preview(
                true,
                stored.id(),
                stored.order().videoName(),
                standing.statusName(),
                standing.stageName(),
                standing.progress(),
                stored.order().estimate(storyboard),
                seconds(storyboard == null ? Duration.ZERO : storyboard.totalDuration()),
                storyboard == null ? null : storyboard.musicPrompt(),
                storyboard == null ? List.of() : scenes(stored, storyboard),
                stored.state() instanceof Job.Completed completed
                        ? media.link(
                                API + "/videos/" + stored.id() + "/combined",
                                Integer.toString(completed.film().revision()))
                        : null);
    }

    private List<PreviewScene> scenes(StoredJob stored, Storyboard storyboard) {
        var scenes = new ArrayList<PreviewScene>();
        var start = Duration.ZERO;
        for (var scene : storyboard.scenes()) {
            scenes.add(new PreviewScene(
                    scene.id(),
                    scenes.size() + 1,
                    seconds(start),
                    seconds(scene.duration()),
                    scene.title(),
                    scene.description(),
                    scene.prompt(),
                    scene.sceneType(),
                    scene.transition(),
                    photo(scene.first()),
                    photo(scene.last()),
                    clip(stored.id(), Job.cutOf(stored.state()), scene)));
            start = start.plus(scene.duration());
        }
        return scenes;
    }

    /** Objects are named by the hash of their bytes, which is also what a link to an asset names. */
    private @Nullable String photo(Scene.Frame frame) {
        var hash = SHA256.matcher(frame.object().toString());
        return hash.find() ? media.link(API + "/assets/" + frame.assetId() + "/thumbnail", hash.group()) : null;
    }

    private @Nullable String clip(long jobId, @Nullable Cut cut, Scene scene) {
        return cut == null
                ? null
                : cut.takes().stream()
                        .filter(take -> scene.id().equals(take.sceneId()) && take.rendered())
                        .map(Take::id)
                        .findFirst()
                        .map(take -> media.link(
                                API + "/videos/" + jobId + "/clips/clip_" + scene.id() + ".mp4", take.toString()))
                        .orElse(null);
    }

    private static BigDecimal seconds(Duration duration) {
        var seconds = BigDecimal.valueOf(duration.toMillis()).movePointLeft(3).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }
}
