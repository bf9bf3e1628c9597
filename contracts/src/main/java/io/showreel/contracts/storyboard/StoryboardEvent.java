package io.showreel.contracts.storyboard;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import io.showreel.contracts.Topics;
import io.showreel.contracts.Usd;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What selection-service answers to {@code SelectScenes}. */
public sealed interface StoryboardEvent {
    String TOPIC = Topics.STORYBOARD_EVENTS;

    /**
     * @param selection the number of the command that this answers
     * @param music the mood of the music for the whole film
     * @param totalDuration of all scenes together, before transitions overlap any; null from earlier versions
     */
    record StoryboardSelected(
            long jobId,
            int selection,
            List<ChosenScene> scenes,
            Origin origin,
            @Nullable String music,
            Effort effort,
            @Nullable Duration totalDuration)
            implements StoryboardEvent {
        public StoryboardSelected {
            scenes = List.copyOf(scenes);
        }

        /** Without its length. */
        public StoryboardSelected(
                long jobId,
                int selection,
                List<ChosenScene> scenes,
                Origin origin,
                @Nullable String music,
                Effort effort) {
            this(jobId, selection, scenes, origin, music, effort, null);
        }
    }

    /**
     * There is no storyboard, and asking the same again would not help.
     *
     * @param code stable snake_case word, such as {@code no_pairs} or {@code provider_auth}
     * @param message for a person, saying what to do
     */
    record SelectionFailed(long jobId, int selection, String code, String message) implements StoryboardEvent {}

    /** A type this version does not know: skipped by its readers, never written. */
    record Unrecognised() implements StoryboardEvent {}

    /** Who chose. */
    enum Origin {
        MODEL,
        /** The deterministic fallback over the scene templates. */
        FALLBACK,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * One scene of the storyboard, in order.
     *
     * @param sceneType a scene template's type, such as {@code hook}
     * @param groupName the group of photos that the pair comes from
     * @param firstAssetId the photo that the clip starts from
     * @param lastAssetId the photo that the clip ends at
     * @param score 0 to 1, how well the pair serves the scene
     */
    record ChosenScene(
            String title,
            @Nullable String description,
            String prompt,
            @Nullable String sceneType,
            @Nullable String groupName,
            Duration duration,
            String transition,
            UUID firstAssetId,
            UUID lastAssetId,
            @Nullable Double score,
            @Nullable String reason,
            List<Pair> alternates) {
        public ChosenScene {
            alternates = List.copyOf(alternates);
        }
    }

    /** Two photos that could also make the scene. */
    record Pair(UUID firstAssetId, UUID lastAssetId) {}

    /**
     * What the selection took.
     *
     * @param model the model that answered, null when none was asked
     * @param note why the fallback chose, and which photos could not be looked at; null when all went well
     */
    record Effort(
            @Nullable String model,
            long promptTokens,
            long completionTokens,
            Usd cost,
            @Nullable String note) {}
}
