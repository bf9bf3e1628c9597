package io.showreel.gateway.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.showreel.contracts.Usd;
import io.showreel.contracts.job.JobType;
import io.showreel.gateway.ledger.Ledger;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What clients read of jobs and scenes. */
final class Views {

    private Views() {}

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
            @Nullable ErrorView error,
            @Nullable Integer queuePosition,
            @Nullable Instant estimatedCompletionAt,
            Instant insertedAt,
            Instant updatedAt) {}

    record Costs(Usd estimated, Usd actual, String currency) {}

    record StoryboardView(String etag, String origin, List<SceneView> scenes, BigDecimal totalDuration) {}

    record CutView(
            int number,
            String status,
            int progressPercentage,
            @Nullable ErrorView error) {}

    record ErrorView(String code, String message, @Nullable UUID sceneId) {}

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
            @Nullable String quality,
            @Nullable String textOverlay,
            @Nullable String voiceoverScript,
            String model,
            String aspectRatio,
            @Nullable String providerId,
            int attempts,
            @Nullable ErrorView error,
            @Nullable Usd cost,
            boolean hasVideo,
            @Nullable Long videoSize,
            @Nullable String clipUrl,
            @Nullable String thumbnailUrl,
            Instant insertedAt,
            Instant updatedAt) {}

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
