package io.showreel.gateway.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.showreel.contracts.Usd;
import io.showreel.contracts.job.JobType;
import io.showreel.gateway.ledger.Ledger;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What clients read of jobs and scenes. */
final class Views {

    private Views() {}

    /**
     * @param film how the served film came about
     * @param hold why it does not go on at the moment, though nothing is wrong with it
     */
    record JobView(
            long jobId,
            JobType type,
            String status,
            String videoName,
            UUID campaignId,
            UUID clientId,
            Usd estimatedCost,
            Costs costs,
            @Nullable Usd maxCost,
            int progressPercentage,
            String currentStage,
            Map<String, Object> parameters,
            @Nullable StoryboardView storyboard,
            @Nullable CutView cut,
            @Nullable Integer revision,
            @Nullable String videoUrl,
            @Nullable String thumbnailUrl,
            @Nullable FilmView film,
            List<RenditionView> renditions,
            @Nullable ErrorView error,
            @Nullable String hold,
            @Nullable Integer queuePosition,
            @Nullable Instant estimatedCompletionAt,
            Instant insertedAt,
            Instant updatedAt) {}

    record Costs(Usd estimated, Usd actual, String currency) {}

    record StoryboardView(String etag, String origin, List<SceneView> scenes, BigDecimal totalDuration) {}

    /**
     * @param boundSeconds the shortest time that the provider allowed its takes
     * @param actualSeconds from its request to the end of its last take
     */
    record CutView(
            int number,
            String status,
            int progressPercentage,
            @Nullable ErrorView error,
            @Nullable BigDecimal boundSeconds,
            @Nullable BigDecimal actualSeconds) {}

    /**
     * @param plan how each clip and each boundary was treated
     * @param stitchingSeconds from the arrival of the last clip
     * @param posterUrl its best frame; null, as the next two, for about a second after the film is ready
     * @param spriteUrl small frames at even distances
     * @param trackUrl WebVTT that says which part of the sprite belongs to which time
     */
    record FilmView(
            BigDecimal duration,
            long size,
            List<UUID> missingScenes,
            List<ChoiceView> plan,
            @Nullable BigDecimal stitchingSeconds,
            @Nullable String posterUrl,
            @Nullable String spriteUrl,
            @Nullable String trackUrl) {}

    record ChoiceView(UUID sceneId, String subject, String way, String reason) {}

    /**
     * @param cut whose film has another shape here
     * @param status {@code rendering}, {@code published} or {@code failed}
     */
    record RenditionView(
            UUID id,
            int cut,
            String aspectRatio,
            String status,
            @Nullable ErrorView error,
            @Nullable Long size,
            @Nullable String videoUrl) {}

    /**
     * @param current whether it is served
     * @param restoredFrom the revision whose film it is; null for a film of its own
     */
    record RevisionView(
            int revision,
            boolean current,
            @Nullable Integer restoredFrom,
            boolean partial,
            BigDecimal duration,
            long size,
            String videoUrl,
            @Nullable String thumbnailUrl,
            Instant publishedAt) {}

    record RevisionList(List<RevisionView> data, TakeCount meta) {}

    record ErrorView(String code, String message, @Nullable UUID sceneId) {}

    /** @param edited whether the latest cut was made of something else */
    record SceneView(
            UUID id,
            long jobId,
            int position,
            String status,
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
            List<List<UUID>> alternates,
            @Nullable QualityView quality,
            @Nullable String textOverlay,
            @Nullable String voiceoverScript,
            String model,
            String aspectRatio,
            @Nullable String providerId,
            int attempts,
            @Nullable ErrorView error,
            @Nullable Usd cost,
            boolean edited,
            boolean hasVideo,
            @Nullable Long videoSize,
            @Nullable String clipUrl,
            @Nullable String thumbnailUrl,
            Instant insertedAt,
            Instant updatedAt) {}

    /**
     * What was seen of a clip on its arrival.
     *
     * @param black seconds that are all black
     * @param frozen seconds without movement
     * @param firstFrame likeness (0 to 1) of the first frame to the photo
     * @param lastFrame the same for the last
     */
    record QualityView(
            int width,
            int height,
            double framesPerSecond,
            BigDecimal duration,
            BigDecimal black,
            BigDecimal frozen,
            @Nullable Double firstFrame,
            @Nullable Double lastFrame) {}

    /**
     * A clip that a scene can go back to.
     *
     * @param current whether the scene shows it
     * @param cuts that were made with it
     */
    record SceneTake(
            UUID takeId,
            boolean current,
            List<Integer> cuts,
            String prompt,
            List<UUID> assetIds,
            BigDecimal duration,
            @Nullable String model,
            @Nullable String providerId,
            @Nullable Usd cost,
            String clipUrl,
            String thumbnailUrl) {

        /** The same in an earlier cut too. */
        SceneTake and(SceneTake earlier) {
            var all = new ArrayList<>(earlier.cuts);
            all.addAll(cuts);
            return new SceneTake(
                    takeId,
                    current,
                    List.copyOf(all),
                    prompt,
                    assetIds,
                    duration,
                    model,
                    providerId,
                    cost,
                    clipUrl,
                    thumbnailUrl);
        }
    }

    record SceneTakeList(List<SceneTake> data, TakeCount meta) {}

    record SceneList(
            long jobId, int totalScenes, int completedScenes, int progressPercentage, List<SceneView> scenes) {}

    /** @param links left out where they stand beside the data */
    record CreatedJob(
            long jobId,
            String status,
            JobType type,
            String videoName,
            int sceneCount,
            boolean storyboardReady,
            @Nullable StoryboardView storyboard,
            Usd estimatedCost,
            Costs costs,
            UUID campaignId,
            UUID clientId,
            int totalAssets,
            BigDecimal clipDuration,
            Map<String, Object> parameters,
            String message,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Links links) {}

    record Links(String self, String approve, String scenes, String events, String video) {}

    record CreatedJobWithLinks(CreatedJob data, Links links) {}

    record GeneratedVideo(
            long jobId,
            UUID campaignId,
            UUID clientId,
            String videoName,
            int revision,
            boolean partial,
            BigDecimal duration,
            long size,
            String videoUrl,
            @Nullable String thumbnailUrl,
            Usd cost,
            Instant insertedAt,
            Instant updatedAt) {}

    /** @param predictions all that were ever made for it, oldest first */
    record TakeView(
            UUID takeId,
            @Nullable UUID sceneId,
            @Nullable String kind,
            @Nullable String status,
            @Nullable Boolean required,
            @Nullable Integer firstCut,
            @Nullable String model,
            @Nullable Usd cost,
            @Nullable String reason,
            @Nullable String message,
            List<Ledger.Prediction> predictions) {

        /** The ledger has the last word on everything that costs money. */
        TakeView with(Ledger.Entry entry) {
            return new TakeView(
                    takeId,
                    sceneId,
                    kind,
                    entry.status(),
                    required,
                    entry.firstCut(),
                    entry.model(),
                    entry.cost(),
                    entry.reason(),
                    entry.message(),
                    orNone(entry.predictions()));
        }

        static TakeView of(Ledger.Entry entry) {
            return new TakeView(
                    entry.takeId(),
                    null,
                    entry.kind(),
                    entry.status(),
                    null,
                    entry.firstCut(),
                    entry.model(),
                    entry.cost(),
                    entry.reason(),
                    entry.message(),
                    orNone(entry.predictions()));
        }

        private static List<Ledger.Prediction> orNone(@Nullable List<Ledger.Prediction> predictions) {
            return predictions == null ? List.of() : predictions;
        }
    }

    record TakeList(List<TakeView> data, TakeCount meta) {}

    record TakeCount(int total) {}
}
