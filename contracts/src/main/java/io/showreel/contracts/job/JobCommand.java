package io.showreel.contracts.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.showreel.contracts.Configuration;
import io.showreel.contracts.Topics;
import io.showreel.contracts.storyboard.StoryboardEvent.Pair;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the gateway asks of selection-service. */
public sealed interface JobCommand {
    String TOPIC = Topics.JOB_COMMANDS;

    /**
     * Choose and pair photos into scenes. Answered by exactly one storyboard event with the same {@code selection}.
     *
     * @param selection 1 for a job's first, higher for each further one; answers to an older one are ignored
     * @param previous the pairs of all earlier storyboards of this job: the answer holds at least one that is not among
     *     them, whichever way round; empty for a first selection
     */
    record SelectScenes(
            long jobId,
            int selection,
            JobType type,
            Campaign campaign,
            List<Photo> photos,
            Wish wish,
            Configuration configuration,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Pair> previous)
            implements JobCommand {
        @SuppressWarnings("NullAway") // Commands of earlier versions have no previous pairs.
        public SelectScenes {
            photos = List.copyOf(photos);
            previous = previous == null ? List.of() : List.copyOf(previous);
        }

        /** A job's first. */
        public SelectScenes(
                long jobId,
                int selection,
                JobType type,
                Campaign campaign,
                List<Photo> photos,
                Wish wish,
                Configuration configuration) {
            this(jobId, selection, type, campaign, photos, wish, configuration, List.of());
        }
    }

    /** A type this version does not know: skipped by its readers, never written. */
    record Unrecognised() implements JobCommand {}

    /**
     * What the scenes should serve.
     *
     * @param brief free text, or a JSON object as text
     * @param brandGuidelines of the campaign's client
     */
    record Campaign(
            UUID id,
            UUID clientId,
            String name,
            @Nullable String brief,
            @Nullable String goal,
            @Nullable String brandGuidelines) {}

    /**
     * A candidate.
     *
     * @param name the asset's name, such as {@code Exterior 1 3}
     * @param object where its bytes are, as {@code s3://bucket/key}
     * @param width in pixels, after EXIF orientation
     * @param height in pixels, after EXIF orientation
     */
    record Photo(
            UUID assetId,
            String name,
            List<String> tags,
            @Nullable String description,
            URI object,
            int width,
            int height) {
        public Photo {
            tags = List.copyOf(tags);
        }
    }

    /**
     * What the storyboard should look like.
     *
     * @param sceneCount 2 to 20
     * @param clipDuration length of each scene
     * @param sceneTypes the only types allowed, in the wanted order; empty allows all
     */
    record Wish(
            int sceneCount,
            Duration clipDuration,
            String aspectRatio,
            @Nullable String style,
            @Nullable String musicGenre,
            String transition,
            List<String> sceneTypes) {
        public Wish {
            sceneTypes = List.copyOf(sceneTypes);
        }
    }
}
