package io.showreel.selection.testing;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.contracts.storyboard.StoryboardEvent.SelectionFailed;
import io.showreel.contracts.storyboard.StoryboardEvent.StoryboardSelected;
import io.showreel.selection.WireFormat;
import io.showreel.selection.storyboard.HouseStyle;
import io.showreel.selection.storyboard.SceneTemplate;
import io.showreel.selection.storyboard.SceneTemplate.Occasion;
import io.showreel.selection.storyboard.SelectStoryboard;
import io.showreel.selection.storyboard.narration.Assignment;
import io.showreel.selection.storyboard.narration.Assignment.Scene;
import io.showreel.selection.storyboard.narration.Narration;
import io.showreel.selection.storyboard.narration.Narrations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The part of the public testing tools that knows how films are told. Bodies and answers are those of the public API,
 * except that a selection is asked for with the very command that a job would send.
 */
@RestController
@RequestMapping("/internal/testing")
class TestingController {

    private static final int LONGEST_TEXT = 4000;
    private static final int MOST_SCENES = 20;
    private static final String VIDEO = "video";
    private static final String MUSIC = "music";

    private final HouseStyle style;
    private final SelectStoryboard selection;
    private final Narrations narrations;

    TestingController(HouseStyle style, SelectStoryboard selection, Narrations narrations) {
        this.style = style;
        this.selection = selection;
        this.narrations = narrations;
    }

    record Templates(boolean success, List<SceneTemplate> templates) {}

    /** @param totalDuration in seconds, as is each scene's */
    record Adapted(boolean success, int sceneCount, double totalDuration, List<AdaptedScene> scenes) {}

    record AdaptedScene(
            int position, double duration, @JsonUnwrapped SceneTemplate template) {}

    record Preview(boolean success, String sceneType, String previewOf, String prompt) {}

    record Selection(boolean success, StoryboardSelected storyboard) {}

    record Script(boolean success, @JsonUnwrapped Narration narration) {}

    @GetMapping("/scene-templates")
    Templates sceneTemplates() {
        return new Templates(true, style.sceneTemplates());
    }

    /** Takes {@code scene_count, available_scene_types} and {@code duration_seconds}, of the whole film. */
    @PostMapping("/scene-templates/adapt")
    Adapted adapt(@RequestBody JsonNode body) {
        var fields = Fields.of(body);
        var count = fields.whole(
                "scene_count", 2, MOST_SCENES, style.sceneTemplates().size());
        var available = new HashSet<>(fields.texts("available_scene_types", 100));
        var seconds = fields.number("duration_seconds", 2, 600, 4.0 * count);
        fields.nothingElse();
        fields.check();

        var templates = style.adapted(count, available);
        var each = seconds(HouseStyle.each(Duration.ofMillis(Math.round(seconds * 1000)), templates.size()));
        var scenes = new ArrayList<AdaptedScene>();
        templates.forEach(template -> scenes.add(new AdaptedScene(scenes.size() + 1, each, template)));
        return new Adapted(true, scenes.size(), Math.round(each * scenes.size() * 10) / 10.0, scenes);
    }

    /**
     * Takes {@code scene_type, for} (video or music) and, as far as somebody wants to try them,
     * {@code subject, campaign_name, description, style, music_genre}.
     */
    @PostMapping("/prompt-preview")
    Preview promptPreview(@RequestBody JsonNode body) {
        var fields = Fields.of(body);
        var type = fields.text("scene_type", 100);
        var what = fields.oneOf("for", List.of(VIDEO, MUSIC), VIDEO);
        var subject = fields.text("subject", 200);
        var campaign = fields.text("campaign_name", 255);
        var description = fields.text("description", LONGEST_TEXT);
        var wishedStyle = fields.text("style", LONGEST_TEXT);
        var genre = fields.text("music_genre", 200);
        fields.nothingElse();
        if (type == null) {
            fields.fault("scene_type", "is missing");
        }
        fields.check();

        var wanted = type == null ? "" : type;
        var occasion = new Occasion(
                subject == null ? wanted.replace('_', ' ') : subject,
                campaign == null ? "" : campaign,
                description,
                wishedStyle);
        var prompt =
                what.equals(VIDEO) ? style.videoPrompt(wanted, occasion) : style.musicPrompt(List.of(wanted), genre);
        return new Preview(true, wanted, what, prompt.orElseThrow(() -> unknownType(wanted)));
    }

    private RefusalException unknownType(String type) {
        var known = style.sceneTemplates().stream().map(SceneTemplate::type).toList();
        return new RefusalException(
                "validation_failed",
                "There is no scene type %s.".formatted(type),
                Map.of("scene_type", List.of("must be one of " + String.join(", ", known))));
    }

    /** Takes the command that a job of this campaign would send, and chooses at once. */
    @PostMapping("/image-selection")
    Selection imageSelection(@RequestBody JsonNode body) throws InterruptedException {
        return switch (selection.answer(command(body))) {
            case StoryboardSelected selected -> new Selection(true, selected);
            case SelectionFailed failed -> throw new RefusalException(failed.code(), failed.message(), Map.of());
            case StoryboardEvent.Unrecognised unknown -> throw new IllegalStateException(unknown.toString());
        };
    }

    private static SelectScenes command(JsonNode body) {
        for (var required : List.of("campaign", "photos", "wish", "configuration")) {
            if (!body.hasNonNull(required)) {
                throw new RefusalException(
                        "validation_failed", "The command is incomplete.", Map.of(required, List.of("is missing")));
            }
        }
        try {
            return WireFormat.JSON.treeToValue(body, SelectScenes.class);
        } catch (JacksonException e) {
            throw new RefusalException("validation_failed", "This is no command to select scenes.", Map.of());
        }
    }

    /**
     * Takes {@code property_details} (an object; {@code name}, {@code location} and {@code features} are understood by
     * everybody, the rest by the model), {@code scenes [{title, description, duration}]} and {@code options
     * {words_per_minute, tone, use_ai}}.
     */
    @PostMapping("/voiceover/script")
    Script voiceoverScript(@RequestBody JsonNode body) throws InterruptedException {
        var fields = Fields.of(body);
        var details = fields.object("property_details");
        var name = details.text("name", 255);
        var location = details.text("location", 255);
        var features = details.texts("features", 50);
        var scenes = fields.objects("scenes", MOST_SCENES).stream()
                .map(TestingController::scene)
                .toList();
        if (scenes.isEmpty()) {
            fields.fault("scenes", "must hold at least one scene");
        }
        var options = fields.object("options");
        var pace = options.whole("words_per_minute", 60, 240, 140);
        var tone = options.text("tone", 200);
        var useAi = options.flag("use_ai", true);
        options.nothingElse();
        fields.nothingElse();
        var everything = details.json();
        if (everything.length() > LONGEST_TEXT) {
            fields.fault("property_details", "must have at most %d characters".formatted(LONGEST_TEXT));
        }
        fields.check();

        var assignment = new Assignment(name, location, features, everything, scenes, pace, tone);
        return new Script(true, narrations.of(assignment, useAi));
    }

    private static Scene scene(Fields fields) {
        var scene = new Scene(
                fields.text("title", 255),
                fields.text("description", LONGEST_TEXT),
                Duration.ofMillis(Math.round(1000 * fields.number("duration", 0.5, 60, 4))));
        fields.nothingElse();
        return scene;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
