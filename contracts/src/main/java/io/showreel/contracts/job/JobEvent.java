package io.showreel.contracts.job;

import io.showreel.contracts.Topics;
import io.showreel.contracts.Usd;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job's life, for asset-service's counts and for whoever integrates with Showreel. */
public sealed interface JobEvent {
    String TOPIC = Topics.JOB_EVENTS;

    /** @param assetIds every photo that the job may use, until {@link JobDeleted} */
    record JobCreated(long jobId, UUID clientId, UUID campaignId, JobType type, String videoName, List<UUID> assetIds)
            implements JobEvent {
        public JobCreated {
            assetIds = List.copyOf(assetIds);
        }
    }

    record StoryboardReady(
            long jobId, UUID clientId, UUID campaignId, int sceneCount, Usd estimatedCost, List<UUID> assetIds)
            implements JobEvent {
        public StoryboardReady {
            assetIds = List.copyOf(assetIds);
        }
    }

    record JobApproved(long jobId, UUID clientId, UUID campaignId, int cut, List<UUID> assetIds) implements JobEvent {
        public JobApproved {
            assetIds = List.copyOf(assetIds);
        }
    }

    /**
     * @param revision the cut whose film is served
     * @param partial whether scenes are missing from it
     */
    record JobCompleted(long jobId, UUID clientId, UUID campaignId, int revision, boolean partial, URI film, Usd spent)
            implements JobEvent {}

    record JobFailed(long jobId, UUID clientId, UUID campaignId, String code, String message, Usd spent)
            implements JobEvent {}

    record JobCanceled(
            long jobId,
            UUID clientId,
            UUID campaignId,
            @Nullable String reason,
            Usd spent) implements JobEvent {}

    /** @param spent by the job over all its cuts, so that a repeated or late event does no harm */
    record CutClosed(long jobId, UUID clientId, UUID campaignId, int cut, Usd spent) implements JobEvent {}

    /**
     * Nobody returns to these any more: whoever keeps their files removes them, unless something else uses the same.
     *
     * @param cuts whose films are given up
     * @param takes whose files are given up
     */
    record MediaRetired(long jobId, UUID clientId, UUID campaignId, List<Integer> cuts, List<UUID> takes)
            implements JobEvent {
        public MediaRetired {
            cuts = List.copyOf(cuts);
            takes = List.copyOf(takes);
        }
    }

    record JobDeleted(long jobId, UUID clientId, UUID campaignId) implements JobEvent {}

    /**
     * A person gave the job photos that it could not use before.
     *
     * @param assetIds photos that the job may use beside all earlier ones, until {@link JobDeleted}
     */
    record PhotosAdded(long jobId, UUID clientId, UUID campaignId, List<UUID> assetIds) implements JobEvent {
        public PhotosAdded {
            assetIds = List.copyOf(assetIds);
        }
    }

    /** A type this version does not know: skipped by its readers, never written. */
    record Unrecognised() implements JobEvent {}
}
