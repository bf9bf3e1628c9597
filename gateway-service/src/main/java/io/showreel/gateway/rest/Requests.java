package io.showreel.gateway.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneRequest.ErrorStrategy;
import io.showreel.contracts.scene.SceneRequest.OnSceneFailure;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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
            @Nullable String transition,
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

    /** What approve and retry may say. */
    record Money(
            @JsonProperty("max_cost") @Nullable @JsonDeserialize(using = Usds.class)
            Usd maxCost) {
        static final Money UNSAID = new Money(null);
    }
}
