package io.showreel.gateway.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneRequest.ErrorStrategy;
import io.showreel.contracts.scene.SceneRequest.OnSceneFailure;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/** What clients ask for, as they write it. */
final class Requests {

    private static final String WORD = "[a-z][a-z0-9_]{0,63}";
    private static final String TRANSITION = "cut|fade|dissolve|wipe|slide";
    private static final String TRANSITIONS = "must be cut, fade, dissolve, wipe or slide";

    private Requests() {}

    /** @param sceneCount another name of {@code num_scenes} */
    record CreateJob(
            @Nullable @Min(2) @Max(20) Integer numScenes,
            @Nullable @Min(2) @Max(20) Integer sceneCount,
            @Nullable @DecimalMin("1") BigDecimal clipDuration,
            @Nullable @Size(max = 500) String style,
            @Nullable @Size(max = 200) String musicGenre,
            @Nullable @DecimalMin("2") BigDecimal durationSeconds,

            @Nullable @Pattern(regexp = "16:9|9:16|1:1", message = "must be 16:9, 9:16 or 1:1")
            String aspectRatio,

            @Nullable @Size(max = 200) String videoModel,

            @Nullable @Pattern(regexp = TRANSITION, message = TRANSITIONS)
            String transition,

            @Nullable Boolean music,
            @Nullable Boolean voiceover,
            @Nullable Boolean textOverlays,
            @Nullable Boolean autoApprove,
            @Nullable OnSceneFailure onSceneFailure,
            @Nullable ErrorStrategy errorStrategy,
            @Nullable @JsonDeserialize(using = Usds.class) Usd maxCost,
            @Nullable String webhookUrl,
            @Nullable Map<String, Object> parameters) {

        static final CreateJob DEFAULTS = new CreateJob(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null);
    }

    record FromImagePairs(
            @NotNull UUID campaignId,
            @Nullable @Min(2) @Max(20) Integer numPairs,
            @Nullable @DecimalMin("1") BigDecimal clipDuration,
            @Nullable Map<String, Object> parameters) {

        CreateJob asJob() {
            return new CreateJob(
                    numPairs,
                    null,
                    clipDuration,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    parameters);
        }
    }

    record FromPropertyPhotos(
            @NotNull UUID campaignId,

            @Nullable @Size(min = 2, max = 20)
            List<@Pattern(regexp = "[a-z][a-z0-9_]{0,63}", message = "must be snake_case words") String> propertyTypes,

            @Nullable Map<String, Object> parameters) {

        static final List<String> USUAL =
                List.of("exterior", "interior", "kitchen", "bedroom", "bathroom", "living_room");

        List<String> types() {
            return propertyTypes == null ? USUAL : propertyTypes;
        }

        CreateJob asJob() {
            return new CreateJob(
                    types().size(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    parameters);
        }
    }

    /**
     * A scene that a person adds.
     *
     * @param assetIds the photos that its clip starts from and ends at
     * @param position 1 for the first; at the end if it is not said
     */
    record NewScene(
            @Nullable @Size(max = 200) String title,
            @Nullable @Size(max = 2000) String description,
            @NotBlank @Size(max = 4000) String prompt,

            @Nullable @Pattern(regexp = WORD, message = "must be a snake_case word")
            String sceneType,

            @Nullable @Size(max = 200) String groupName,
            @Nullable @DecimalMin("1") @DecimalMax("3600") BigDecimal duration,

            @Nullable @Pattern(regexp = TRANSITION, message = TRANSITIONS)
            String transition,

            @NotNull @Size(min = 2, max = 2) List<@NotNull UUID> assetIds,
            @Nullable @Size(max = 500) String textOverlay,
            @Nullable @Min(1) @Max(20) Integer position) {}

    /**
     * What a person changes about a scene; what is left out stays.
     *
     * @param assetIds the photos that its clip starts from and ends at
     * @param textOverlay an empty one takes the caption away
     */
    record EditScene(
            @Nullable @Size(min = 1, max = 200) String title,
            @Nullable @Size(max = 2000) String description,
            @Nullable @Size(min = 1, max = 4000) String prompt,

            @Nullable @Pattern(regexp = WORD, message = "must be a snake_case word")
            String sceneType,

            @Nullable @Size(max = 200) String groupName,
            @Nullable @DecimalMin("1") @DecimalMax("3600") BigDecimal duration,

            @Nullable @Pattern(regexp = TRANSITION, message = TRANSITIONS)
            String transition,

            @Nullable @Size(min = 2, max = 2) List<@NotNull UUID> assetIds,
            @Nullable @Size(max = 500) String textOverlay) {}

    record SceneOrder(@NotNull @Size(min = 1, max = 20) List<@NotNull UUID> sceneIds) {}

    record TakeChoice(@NotNull UUID takeId) {}

    /** @param paid whether the provider's bill shows the prediction */
    record Resolution(@NotNull Boolean paid) {}

    record NewRendition(
            @NotNull @Pattern(regexp = "16:9|9:16|1:1", message = "must be 16:9, 9:16 or 1:1")
            String aspectRatio) {}

    /** What approve, retry, regenerate and cut may say. */
    record Money(
            @JsonProperty("max_cost") @Nullable @JsonDeserialize(using = Usds.class)
            Usd maxCost) {
        static final Money UNSAID = new Money(null);
    }
}
