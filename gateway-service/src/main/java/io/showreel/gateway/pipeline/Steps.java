package io.showreel.gateway.pipeline;

import io.showreel.messaging.WireJson;
import io.showreel.web.ApiException;
import io.showreel.web.JsonBody;
import io.showreel.web.WebJson;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings of every step, complete and valid. What this installation can't do yet is refused here, rather than
 * accepted and never done.
 */
public record Steps(
        @NotNull @Valid SceneGeneration sceneGeneration,
        @NotNull @Valid ImageSelection imageSelection,
        @NotNull @Valid VideoRendering videoRendering,
        @NotNull @Valid TextOverlays textOverlays,
        @NotNull @Valid Voiceover voiceover,
        @NotNull @Valid AvatarOverlay avatarOverlay,
        @NotNull @Valid MusicGeneration musicGeneration,
        @NotNull @Valid VideoStitching videoStitching) {

    /** What holds until somebody changes it. */
    public static final Steps BUILT_IN = new Steps(
            new SceneGeneration(true, true, 4),
            new ImageSelection(true, true, true, null),
            new VideoRendering(true, null, null),
            new TextOverlays(
                    false, "sans", 48, "#ffffff", "bottom_center", BigDecimal.valueOf(5, 1), BigDecimal.valueOf(5, 1)),
            new Voiceover(false, null, null, false, null),
            new AvatarOverlay(false),
            new MusicGeneration(false, false, null, BigDecimal.valueOf(15, 1)),
            new VideoStitching(true, "mp4", true));

    private static final TypeReference<Map<String, Map<String, Object>>> WIRE = new TypeReference<>() {};
    private static final String NOT_YET = "is not available yet";

    /**
     * @param useAi whether titles, descriptions and music come from the language model, rather than from the templates
     * @param defaultSceneCount 2 to 20, for a job that does not say how many
     */
    public record SceneGeneration(
            boolean enabled, boolean useAi, @Min(2) @Max(20) int defaultSceneCount) {}

    /**
     * @param useLlm whether the language model chooses the photos, rather than the templates
     * @param fallbackToSimple whether the templates choose when the model can't; a job fails otherwise
     * @param look whether the photos are looked at, not only their names; null as selection-service is set up
     */
    public record ImageSelection(
            boolean enabled,
            boolean useLlm,
            boolean fallbackToSimple,
            @Nullable Boolean look) {}

    /**
     * @param model for a job that names none; null for the installation's
     * @param maxConcurrency predictions of one account that run at once
     */
    public record VideoRendering(
            boolean enabled,
            @Nullable @Size(min = 1, max = 200) String model,
            @Nullable @Min(1) @Max(1000) Integer maxConcurrency) {}

    /**
     * @param fontSize in pixels of a 1080p film
     * @param fadeIn in seconds
     * @param fadeOut in seconds
     */
    public record TextOverlays(
            boolean enabled,
            @NotNull @Size(min = 1, max = 100) String font,
            @Min(8) @Max(400) int fontSize,

            @NotNull @Pattern(regexp = "#[0-9a-fA-F]{6}", message = "must be a colour such as #ffffff")
            String color,

            @NotNull
            @Pattern(
                    regexp = "(top|bottom)_(left|center|right)|center",
                    message =
                            "must be top_left, top_center, top_right, center, bottom_left, bottom_center or bottom_right")
            String position,

            @NotNull @DecimalMin("0") @DecimalMax("10") BigDecimal fadeIn,
            @NotNull @DecimalMin("0") @DecimalMax("10") BigDecimal fadeOut) {}

    public record Voiceover(
            boolean enabled,
            @Nullable @Size(max = 100) String ttsProvider,
            @Nullable @Size(max = 100) String defaultVoice,
            boolean generateScript,
            @Nullable @Size(max = 100) String scriptLlm) {}

    public record AvatarOverlay(boolean enabled) {}

    /**
     * @param enabled whether a job that does not say so has music
     * @param defaultDuration in seconds; null for as long as the film
     * @param fadeDuration in seconds
     */
    public record MusicGeneration(
            boolean enabled,
            boolean useContinuation,
            @Nullable @DecimalMin("1") @DecimalMax("600") BigDecimal defaultDuration,
            @NotNull @DecimalMin("0") @DecimalMax("30") BigDecimal fadeDuration) {}

    /** @param mergeAudio whether films have sound where a job does not say so */
    public record VideoStitching(
            boolean enabled,

            @NotNull @Pattern(regexp = "mp4", message = "must be mp4")
            String outputFormat,

            boolean mergeAudio) {}

    /**
     * These settings but for what is given: a null gives back what is built in. Anything unknown, mistyped or out of range
     * is a 422 that names it.
     */
    public Steps changed(ObjectNode given) {
        var whole = tree(this);
        var builtIn = tree(BUILT_IN);
        given.propertyStream().forEach(step -> lay(step.getKey(), step.getValue(), whole, builtIn));
        var steps = JsonBody.read(whole, Steps.class);
        steps.refuseWhatIsNotThereYet();
        return steps;
    }

    private static void lay(String name, JsonNode given, ObjectNode over, JsonNode builtIn) {
        if (given.isNull()) {
            over.set(name, builtIn.path(name).isMissingNode() ? given : builtIn.path(name));
        } else if (given instanceof ObjectNode fields && over.path(name) instanceof ObjectNode present) {
            fields.propertyStream()
                    .forEach(field -> lay(field.getKey(), field.getValue(), present, builtIn.path(name)));
        } else {
            over.set(name, given);
        }
    }

    private static ObjectNode tree(Steps steps) {
        return WebJson.mapper().valueToTree(steps);
    }

    private void refuseWhatIsNotThereYet() {
        var wrong = new TreeMap<String, List<String>>();
        refuse(
                wrong,
                "scene_generation.enabled",
                !sceneGeneration.enabled(),
                "a film needs scenes; use_ai can be false");
        refuse(wrong, "image_selection.enabled", !imageSelection.enabled(), "scenes need photos; use_llm can be false");
        refuse(wrong, "video_rendering.enabled", !videoRendering.enabled(), "there is no film without it");
        refuse(wrong, "video_stitching.enabled", !videoStitching.enabled(), "there is no film without it");
        refuse(
                wrong,
                "video_rendering.max_concurrency",
                videoRendering.maxConcurrency() != null,
                "is set at render-service, for all jobs of an account together");
        refuse(wrong, "text_overlays.enabled", textOverlays.enabled(), NOT_YET);
        refuse(wrong, "voiceover.enabled", voiceover.enabled(), NOT_YET);
        refuse(wrong, "voiceover.generate_script", voiceover.generateScript(), NOT_YET);
        refuse(wrong, "avatar_overlay.enabled", avatarOverlay.enabled(), NOT_YET);
        refuse(wrong, "music_generation.use_continuation", musicGeneration.useContinuation(), NOT_YET);
        refuse(
                wrong,
                "music_generation.default_duration",
                musicGeneration.defaultDuration() != null,
                "a film's music is as long as the film");
        if (!wrong.isEmpty()) {
            throw ApiException.invalid(wrong);
        }
    }

    private static void refuse(Map<String, List<String>> wrong, String field, boolean asked, String why) {
        if (asked) {
            wrong.put(field, List.of(why));
        }
    }

    /** As commands carry them: by step and setting, without what is not set. */
    Map<String, Map<String, Object>> toWire() {
        return WireJson.mapper().readValue(WireJson.mapper().writeValueAsBytes(this), WIRE);
    }
}
