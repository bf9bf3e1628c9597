package io.showreel.gateway.timeline;

import io.showreel.gateway.job.Standing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What those who follow a job are told. */
sealed interface Notice {

    /** Something happened; told to everybody, once and in order. */
    record Happened(Moment moment) implements Notice {}

    /** How the job stands now; only the latest counts, so that a slow reader misses some. */
    record Stands(Progress progress) implements Notice {}

    /** The part of a job that changes without anything happening. */
    record Progress(
            String status,
            String currentStage,
            int progressPercentage,
            @Nullable Integer queuePosition,
            @Nullable Instant estimatedCompletionAt) {

        static Progress of(Standing standing, @Nullable Instant completion) {
            return new Progress(
                    standing.statusName(),
                    standing.stageName(),
                    standing.progress(),
                    standing.queuePosition(),
                    completion);
        }
    }
}
