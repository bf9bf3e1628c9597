package io.showreel.gateway.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.showreel.contracts.Usd;
import io.showreel.contracts.job.JobEvent;
import io.showreel.gateway.job.Standing;
import io.showreel.gateway.job.StoredJob;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver is told: what happened and where to look, not how the job looks. By the time it is read the job may
 * have gone on.
 *
 * @param timestamp when it happened, which is not when it is sent
 */
record Notice(String type, Instant timestamp, Data data) {

    /** @param links paths of this API, without signatures */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Data(
            long jobId,
            UUID clientId,
            UUID campaignId,
            String videoName,
            String status,
            String currentStage,
            @Nullable Integer sceneCount,
            @Nullable Usd estimatedCost,
            @Nullable Integer revision,
            @Nullable Boolean partial,
            @Nullable Usd spent,
            @Nullable Reason error,
            Links links) {}

    record Reason(String code, String message) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Links(String self, @Nullable String video) {}

    /** What is told of an event; nothing of those that only concern other services. */
    static Optional<Notice> of(StoredJob job, JobEvent event) {
        return switch (event) {
            case JobEvent.StoryboardReady ready ->
                notice(
                        "job.storyboard_ready",
                        job,
                        data(job, ready.sceneCount(), ready.estimatedCost(), null, null, null, null));
            case JobEvent.JobCompleted completed ->
                notice(
                        "job.completed",
                        job,
                        data(job, null, null, completed.revision(), completed.partial(), completed.spent(), null));
            case JobEvent.JobFailed failed ->
                notice(
                        "job.failed",
                        job,
                        data(job, null, null, null, null, failed.spent(), new Reason(failed.code(), failed.message())));
            case JobEvent.JobCanceled canceled ->
                notice("job.canceled", job, data(job, null, null, null, null, canceled.spent(), null));
            default -> Optional.empty();
        };
    }

    private static Optional<Notice> notice(String type, StoredJob job, Data data) {
        return Optional.of(new Notice(type, job.updatedAt(), data));
    }

    private static Data data(
            StoredJob job,
            @Nullable Integer sceneCount,
            @Nullable Usd estimatedCost,
            @Nullable Integer revision,
            @Nullable Boolean partial,
            @Nullable Usd spent,
            @Nullable Reason error) {
        var order = job.order();
        var standing = Standing.of(job.state());
        return new Data(
                job.id(),
                order.clientId(),
                order.campaignId(),
                order.videoName(),
                standing.statusName(),
                standing.stageName(),
                sceneCount,
                estimatedCost,
                revision,
                partial,
                spent,
                error,
                new Links(
                        "/api/v3/jobs/" + job.id(),
                        revision == null ? null : "/api/v3/videos/" + job.id() + "/combined"));
    }
}
