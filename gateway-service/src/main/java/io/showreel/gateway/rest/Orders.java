package io.showreel.gateway.rest;

import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.job.JobType;
import io.showreel.contracts.scene.SceneRequest.ErrorStrategy;
import io.showreel.gateway.catalogue.Catalogue;
import io.showreel.gateway.forecast.Forecasts;
import io.showreel.gateway.job.ClipModel;
import io.showreel.gateway.job.JobSettings;
import io.showreel.gateway.job.Jobs;
import io.showreel.gateway.job.Material;
import io.showreel.gateway.job.Order;
import io.showreel.gateway.pipeline.Pipeline;
import io.showreel.gateway.pipeline.Steps;
import io.showreel.gateway.rest.Requests.CreateJob;
import io.showreel.web.ApiException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes an order of what a client asks for, or says what is wrong with it. */
@Component
class Orders {

    private static final Duration USUAL_CLIP = Duration.ofSeconds(4);

    private final Catalogue catalogue;
    private final JobSettings settings;
    private final Forecasts forecasts;

    Orders(Catalogue catalogue, JobSettings settings, Forecasts forecasts) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.forecasts = forecasts;
    }

    /** An order that can be carried out, but for the photos. */
    record Plan(JobType type, CreateJob asked, JobCommand.Wish wish, ClipModel model, Pipeline pipeline) {}

    /** @param pipeline what holds where the client says nothing */
    Plan plan(JobType type, CreateJob asked, List<String> sceneTypes, Pipeline pipeline) {
        var wrong = new TreeMap<String, List<String>>();
        refuseWhatIsNotThereYet(asked, wrong);
        if (asked.numScenes() != null
                && asked.sceneCount() != null
                && !asked.numScenes().equals(asked.sceneCount())) {
            wrong.put("scene_count", List.of("differs from num_scenes"));
        }
        int scenes = Objects.requireNonNullElse(
                asked.numScenes(),
                Objects.requireNonNullElse(
                        asked.sceneCount(), pipeline.steps().sceneGeneration().defaultSceneCount()));
        var length = clipLength(asked, scenes, wrong);
        var ratio = Objects.requireNonNullElse(asked.aspectRatio(), "16:9");
        var modelName = Objects.requireNonNullElse(
                asked.videoModel(),
                Objects.requireNonNullElse(pipeline.steps().videoRendering().model(), settings.videoModel()));
        var answer = catalogue.clips(modelName, length, ratio);
        if (answer instanceof Catalogue.Answer.Unfit unfit) {
            wrong.putAll(unfit.details());
        }
        if (!wrong.isEmpty() || !(answer instanceof Catalogue.Answer.Fitting fitting)) {
            throw ApiException.invalid(wrong);
        }
        var wish = new JobCommand.Wish(
                scenes,
                length,
                ratio,
                asked.style(),
                asked.musicGenre(),
                Objects.requireNonNullElse(asked.transition(), "cut"),
                sceneTypes);
        return new Plan(type, asked, wish, fitting.model(), pipeline);
    }

    private static void refuseWhatIsNotThereYet(CreateJob asked, Map<String, List<String>> wrong) {
        var notYet = List.of("is not available yet");
        if (Boolean.TRUE.equals(asked.voiceover())) {
            wrong.put("voiceover", notYet);
        }
        if (Boolean.TRUE.equals(asked.textOverlays())) {
            wrong.put("text_overlays", notYet);
        }
    }

    private static Duration clipLength(CreateJob asked, int scenes, Map<String, List<String>> wrong) {
        var clip = asked.clipDuration() == null ? null : duration(asked.clipDuration());
        if (asked.durationSeconds() == null) {
            return clip == null ? USUAL_CLIP : clip;
        }
        var film = duration(asked.durationSeconds());
        if (clip != null && !clip.multipliedBy(scenes).equals(film)) {
            wrong.put("duration_seconds", List.of("differs from clip_duration for each scene; give one of them"));
        }
        return clip == null ? film.dividedBy(scenes) : clip;
    }

    private static Duration duration(BigDecimal seconds) {
        return Duration.ofMillis(seconds.min(BigDecimal.valueOf(86_400))
                .movePointRight(3)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    Order order(Plan plan, Material material, Jobs.Numbers numbers) {
        var asked = plan.asked();
        var campaign = material.campaign();
        return new Order(
                numbers.jobId(),
                plan.type(),
                campaign.clientId(),
                campaign.id(),
                campaign.name() + " " + numbers.film(),
                material.photos().size(),
                plan.wish(),
                plan.model(),
                Objects.requireNonNullElse(
                                asked.music(), usualMusic(plan.pipeline().steps()))
                        ? catalogue.music(settings.musicModel())
                        : null,
                Boolean.TRUE.equals(asked.autoApprove()),
                Objects.requireNonNullElse(asked.onSceneFailure(), settings.onSceneFailure()),
                Objects.requireNonNullElse(asked.errorStrategy(), ErrorStrategy.CONTINUE_WITH_SILENCE),
                asked.maxCost(),
                settings.account(),
                plan.pipeline().configuration(),
                orEmpty(asked.parameters()),
                asked.webhookUrl(),
                forecasts.times());
    }

    private static boolean usualMusic(Steps steps) {
        return steps.musicGeneration().enabled() && steps.videoStitching().mergeAudio();
    }

    private static Map<String, Object> orEmpty(@Nullable Map<String, Object> parameters) {
        return parameters == null ? Map.of() : parameters;
    }
}
