package io.showreel.gateway.job;

import io.showreel.contracts.scene.SceneEvent.TakePhase;
import io.showreel.contracts.scene.TakeKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a job stands, in the words that clients read; derived from its state alone.
 *
 * @param progress 0 to 100 towards the first film; never falls
 * @param queuePosition of the take that is submitted next; null if none waits
 * @param expectedAt when the takes that run are expected to end; null if nobody knows
 */
public record Standing(
        Status status,
        Stage stage,
        int progress,
        @Nullable Problem problem,
        @Nullable Integer queuePosition,
        @Nullable Instant expectedAt) {

    public enum Status {
        PENDING,
        APPROVED,
        PROCESSING,
        COMPLETED,
        FAILED,
        CANCELED
    }

    public enum Stage {
        SELECTING_SCENES,
        STORYBOARD_READY,
        SELECTION_FAILED,
        STARTING_RENDER,
        WAITING_PREDICTION,
        DOWNLOADING_VIDEO,
        RENDERING_COMPLETE,
        CANCELING,
        VERIFICATION_NEEDED,
        PARTIAL_RENDERING_COMPLETE,
        AUDIO_GENERATION,
        STITCHING,
        COMPLETED,
        COMPLETED_PARTIAL,
        FAILED,
        CANCELED
    }

    /** How a cut stands. */
    public enum CutStatus {
        RENDERING,
        CUTTING,
        PUBLISHED,
        FAILED,
        CANCELED
    }

    public String statusName() {
        return status.name().toLowerCase(Locale.ROOT);
    }

    public String stageName() {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    public static Standing of(Job job) {
        return switch (job) {
            case Job.Unborn unborn -> throw new IllegalStateException("A job that does not exist stands nowhere");
            case Job.Selecting selecting -> plain(Status.PENDING, Stage.SELECTING_SCENES, Progress.of(selecting), null);
            case Job.SelectionFailed failed -> plain(Status.PENDING, Stage.SELECTION_FAILED, 0, failed.problem());
            case Job.Ready ready ->
                plain(Status.PENDING, Stage.STORYBOARD_READY, Progress.ready(ready.order()), ready.problem());
            case Job.Rendering rendering -> of(rendering);
            case Job.Completed completed ->
                completed.film().partial()
                        ? plain(Status.COMPLETED, Stage.COMPLETED_PARTIAL, 100, missing(completed))
                        : plain(Status.COMPLETED, Stage.COMPLETED, 100, null);
            case Job.Failed failed -> plain(Status.FAILED, Stage.FAILED, failed.reached(), failed.problem());
            case Job.Canceled canceled -> plain(Status.CANCELED, Stage.CANCELED, canceled.reached(), null);
            case Job.Deleted deleted -> throw new IllegalStateException("A job that was deleted stands nowhere");
        };
    }

    private static Standing plain(Status status, Stage stage, int progress, @Nullable Problem problem) {
        return new Standing(status, stage, progress, problem, null, null);
    }

    private static Standing of(Job.Rendering rendering) {
        var cut = rendering.cut();
        boolean begun = cut.number() > 1 || cut.withdrawn() != null || any(cut, Take::begun);
        return new Standing(
                begun ? Status.PROCESSING : Status.APPROVED,
                stage(cut),
                rendering.reached(),
                null,
                cut.takes().stream()
                        .map(Take::queuePosition)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                cut.takes().stream()
                        .map(Take::expectedAt)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null));
    }

    private static Stage stage(Cut cut) {
        var open = cut.takes().stream().filter(take -> !take.ended()).toList();
        if (cut.withdrawn() != null) {
            return Stage.CANCELING;
        }
        if (open.stream().anyMatch(Take::waitsForWord)) {
            return Stage.VERIFICATION_NEEDED;
        }
        if (cut.cuttingPercent() != null) {
            return Stage.STITCHING;
        }
        if (open.isEmpty()) {
            return any(cut, Take::endedWithoutFile) ? Stage.PARTIAL_RENDERING_COMPLETE : Stage.RENDERING_COMPLETE;
        }
        if (open.stream().noneMatch(take -> take.kind() == TakeKind.CLIP)) {
            return Stage.AUDIO_GENERATION;
        }
        if (!any(cut, take -> take.begun() && !take.inherited())) {
            return Stage.STARTING_RENDER;
        }
        return open.stream().allMatch(take -> take.phase() == TakePhase.DOWNLOADING)
                ? Stage.DOWNLOADING_VIDEO
                : Stage.WAITING_PREDICTION;
    }

    private static boolean any(Cut cut, Predicate<Take> condition) {
        return cut.takes().stream().anyMatch(condition);
    }

    private static @Nullable Problem missing(Job.Completed completed) {
        return new Problem(
                "scenes_missing",
                "The film lacks " + names(completed) + ".",
                completed.film().missingScenes().getFirst());
    }

    /** Titles as they are now; a scene that was taken out since has none. */
    private static String names(Job.Completed completed) {
        var titles = completed.storyboard().scenes().stream()
                .filter(scene -> completed.film().missingScenes().contains(scene.id()))
                .map(scene -> "\"" + scene.title() + "\"")
                .toList();
        return titles.isEmpty() ? "scenes that were taken out since" : String.join(", ", titles);
    }

    /** How the latest cut stands, which may be a later one than the served film's. */
    public static CutStatus of(Cut cut) {
        return cut.ended()
                .map(end -> switch (end) {
                    case Cut.End.Published published -> CutStatus.PUBLISHED;
                    case Cut.End.Failed failed -> CutStatus.FAILED;
                    case Cut.End.Canceled canceled -> CutStatus.CANCELED;
                })
                .orElse(cut.cuttingPercent() == null ? CutStatus.RENDERING : CutStatus.CUTTING);
    }

    public static int percent(Order order, Cut cut) {
        return of(cut) == CutStatus.PUBLISHED ? 100 : Progress.of(cut, order.stageTimes());
    }

    /** Why a scene's clip is not there. */
    public static @Nullable Problem loss(Take take) {
        return take.ended() && !take.rendered() ? Cut.loss(take) : null;
    }
}
