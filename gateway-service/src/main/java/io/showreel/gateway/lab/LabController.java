package io.showreel.gateway.lab;

import io.showreel.contracts.Usd;
import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.contracts.job.JobType;
import io.showreel.contracts.storyboard.StoryboardEvent.ChosenScene;
import io.showreel.contracts.storyboard.StoryboardEvent.StoryboardSelected;
import io.showreel.gateway.access.Caller;
import io.showreel.gateway.campaign.Campaigns;
import io.showreel.gateway.job.Material;
import io.showreel.gateway.pipeline.Pipeline;
import io.showreel.gateway.pipeline.Pipelines;
import io.showreel.web.ApiException;
import io.showreel.web.JsonBody;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Tries a selection without making a job of it. */
@RestController
@ConditionalOnBooleanProperty(name = "showreel.testing.enabled", matchIfMissing = true)
class LabController {

    private static final int FEWEST_IMAGES = 2;
    private static final long NO_JOB = 0;
    private static final Duration CLIP = Duration.ofSeconds(4);

    private final Campaigns campaigns;
    private final Pipelines pipelines;
    private final Selections selections;

    LabController(Campaigns campaigns, Pipelines pipelines, Selections selections) {
        this.campaigns = campaigns;
        this.pipelines = pipelines;
        this.selections = selections;
    }

    /** @param brief in place of the campaign's own */
    record TrySelection(
            @NotNull UUID campaignId,
            @Nullable @Min(2) @Max(20) Integer sceneCount,
            @Nullable @Size(max = 10_000) String brief) {}

    /**
     * @param origin {@code model} or {@code fallback}
     * @param music what the music would be asked to be
     * @param note what did not go as it should; null if all did
     */
    record TriedSelection(
            boolean success,
            UUID campaignId,
            int totalAssets,
            String origin,
            List<TriedScene> scenes,
            BigDecimal totalDuration,
            @Nullable String music,
            @Nullable String model,
            Usd cost,
            @Nullable String note,
            long configurationVersion) {

        static TriedSelection of(Material material, Pipeline pipeline, StoryboardSelected selected) {
            return new TriedSelection(
                    true,
                    material.campaign().id(),
                    material.photos().size(),
                    selected.origin().name().toLowerCase(Locale.ROOT),
                    selected.scenes().stream().map(TriedScene::of).toList(),
                    seconds(selected.scenes().stream()
                            .map(ChosenScene::duration)
                            .reduce(Duration.ZERO, Duration::plus)),
                    selected.music(),
                    selected.effort().model(),
                    selected.effort().cost(),
                    selected.effort().note(),
                    pipeline.version());
        }
    }

    /** As a job's scene would be. */
    record TriedScene(
            String title,
            @Nullable String description,
            String prompt,
            @Nullable String sceneType,
            @Nullable String groupName,
            BigDecimal duration,
            String transition,
            List<UUID> assetIds,
            @Nullable Double score,
            @Nullable String reason,
            List<List<UUID>> alternates) {

        static TriedScene of(ChosenScene scene) {
            return new TriedScene(
                    scene.title(),
                    scene.description(),
                    scene.prompt(),
                    scene.sceneType(),
                    scene.groupName(),
                    seconds(scene.duration()),
                    scene.transition(),
                    List.of(scene.firstAssetId(), scene.lastAssetId()),
                    scene.score(),
                    scene.reason(),
                    scene.alternates().stream()
                            .map(pair -> List.of(pair.firstAssetId(), pair.lastAssetId()))
                            .toList());
        }
    }

    @PostMapping("/api/v3/testing/image-selection")
    Mono<TriedSelection> imageSelection(@RequestBody TrySelection body, ServerWebExchange exchange) {
        var asked = JsonBody.check(body);
        return campaigns
                .material(asked.campaignId())
                .filter(material -> Caller.of(exchange).sees(material.campaign().clientId()))
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("campaign")))
                .flatMap(LabController::enough)
                .zipWith(pipelines.current())
                .flatMap(both -> selections
                        .select(command(asked, both.getT1(), both.getT2()))
                        .map(selected -> TriedSelection.of(both.getT1(), both.getT2(), selected)));
    }

    private static Mono<Material> enough(Material material) {
        return material.photos().size() < FEWEST_IMAGES
                ? Mono.error(new ApiException(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "no_assets",
                        "The campaign needs at least two images; it has "
                                + material.photos().size() + "."))
                : Mono.just(material);
    }

    private static SelectScenes command(TrySelection asked, Material material, Pipeline pipeline) {
        var campaign = material.campaign();
        return new SelectScenes(
                NO_JOB,
                1,
                JobType.IMAGE_PAIRS,
                new JobCommand.Campaign(
                        campaign.id(),
                        campaign.clientId(),
                        campaign.name(),
                        asked.brief() == null ? campaign.brief() : asked.brief(),
                        campaign.goal(),
                        campaign.brandGuidelines()),
                material.photos(),
                new JobCommand.Wish(
                        Objects.requireNonNullElse(
                                asked.sceneCount(),
                                pipeline.steps().sceneGeneration().defaultSceneCount()),
                        CLIP,
                        "16:9",
                        null,
                        null,
                        "cut",
                        List.of()),
                pipeline.configuration());
    }

    private static BigDecimal seconds(Duration duration) {
        var seconds = BigDecimal.valueOf(duration.toMillis()).movePointLeft(3).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }
}
