package io.showreel.selection.storyboard;

import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.contracts.storyboard.StoryboardEvent.SelectionFailed;
import io.showreel.selection.photo.Album;
import io.showreel.selection.photo.PhotoViewer;
import io.showreel.selection.storyboard.Storyteller.Mumble;
import io.showreel.selection.storyboard.Storyteller.Objection;
import io.showreel.selection.storyboard.Storyteller.Story;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Answers a command with a storyboard: looks at the photos, asks the storyteller, judges what it says, asks once more
 * with what was wrong, and otherwise casts the scene templates by itself. Always answers within
 * {@link SelectionSettings#bound()}.
 */
@Component
public class SelectStoryboard {

    private static final Logger log = LoggerFactory.getLogger(SelectStoryboard.class);
    private static final int ASKINGS = 2;

    private final Storyteller storyteller;
    private final PhotoViewer viewer;
    private final SelectionSettings settings;
    private final SceneTemplates templates = SceneTemplates.ofTheHouse();
    private final Storyboards storyboards = new Storyboards(templates);

    public SelectStoryboard(Storyteller storyteller, PhotoViewer viewer, SelectionSettings settings) {
        this.storyteller = storyteller;
        this.viewer = viewer;
        this.settings = settings;
    }

    public StoryboardEvent answer(SelectScenes command) throws InterruptedException {
        var deadline = Deadline.in(settings.bound());
        var preference = Preference.in(command, settings.look());
        var album = preference.look() ? viewer.look(command.photos(), deadline.remaining()) : Album.UNSEEN;
        var question = Question.about(command, templates, album);
        if (question.scenes() == 0) {
            return noPairs(command, album);
        }
        if (!preference.useLlm()) {
            return simple(question, new Unanswered(null, "The model was not asked, as configured.", Spent.NOTHING));
        }
        return switch (ask(question, deadline)) {
            case Answered answered -> {
                log.info(
                        "Job {}: {} scenes by {}",
                        command.jobId(),
                        question.scenes(),
                        answered.spent().model());
                var story = preference.wordsOfTheModel()
                        ? answered.story()
                        : answered.story().withoutWords();
                yield storyboards.told(question, story, answered.spent());
            }
            case Unanswered unanswered -> {
                if (!preference.fallbackToSimple()) {
                    yield failed(command, Text.orElse(unanswered.code(), "invalid_selection"), unanswered.why());
                }
                log.warn("Job {}: the scene templates choose. {}", command.jobId(), unanswered.why());
                yield simple(question, unanswered);
            }
        };
    }

    private sealed interface Asked {}

    private record Answered(Story story, Spent spent) implements Asked {}

    /** @param code null when there was an answer, but none that would do */
    private record Unanswered(@Nullable String code, String why, Spent spent) implements Asked {}

    private Asked ask(Question whole, Deadline deadline) throws InterruptedException {
        var spent = Spent.NOTHING;
        Objection objection = null;
        try {
            var narrowing = storyteller.narrow(whole, deadline);
            var question = narrowing.question();
            spent = narrowing.spent();
            for (var asking = 1; asking <= ASKINGS; asking++) {
                var telling = storyteller.tell(question, objection, deadline);
                spent = spent.plus(telling.spent());
                objection = switch (telling) {
                    case Story story -> new Objection(story.said(), Review.objections(question, story.scenes()));
                    case Mumble mumble -> new Objection(mumble.said(), List.of(mumble.objection()));
                };
                if (telling instanceof Story story && objection.reasons().isEmpty()) {
                    return new Answered(story, spent);
                }
                log.info("Job {}: asking {} will not do: {}", question.command().jobId(), asking, objection.reasons());
            }
        } catch (StorytellerException e) {
            return new Unanswered(e.code(), Text.orElse(e.getMessage(), e.code()), spent);
        }
        var reasons = objection == null ? "" : String.join(" ", objection.reasons());
        return new Unanswered(
                null,
                Text.shortened("The model's answers could not be used. Of the last one: " + reasons, 1000),
                spent);
    }

    private StoryboardEvent simple(Question question, Unanswered unanswered) {
        var casts = SimpleStoryboard.cast(question, templates);
        if (casts.isEmpty()) {
            return failed(
                    question.command(),
                    Text.orElse(unanswered.code(), "invalid_scene_types"),
                    unanswered.why() + " Without it, no photo could be told to show any of the wanted types "
                            + question.command().wish().sceneTypes() + ": tag the photos with what they show.");
        }
        if (SimpleStoryboard.repeats(question, casts)) {
            return failed(
                    question.command(),
                    "no_other_selection",
                    "Every way to pair these photos was chosen before. Add photos, or keep one of the storyboards.");
        }
        return storyboards.simple(question, casts, unanswered.spent(), unanswered.why());
    }

    private static SelectionFailed noPairs(SelectScenes command, Album album) {
        var seen = album.isEmpty()
                ? ""
                : " Two photos that are nearly the same picture, or can't be read, make no pair either.";
        return failed(
                command,
                "no_pairs",
                "No two photos of this campaign belong together. Give photos of one view the same tag, or names"
                        + " that differ in their last number only, such as \"Kitchen 1\" and \"Kitchen 2\"." + seen);
    }

    private static SelectionFailed failed(SelectScenes command, String code, String message) {
        log.warn("Job {}: no storyboard ({}). {}", command.jobId(), code, message);
        return new SelectionFailed(command.jobId(), command.selection(), code, message);
    }

    /**
     * The pipeline steps {@code image_selection} and {@code scene_generation} of the configuration that the job was made
     * with.
     *
     * @param wordsOfTheModel whether its titles, descriptions and music are taken, or those of the scene templates
     */
    private record Preference(boolean useLlm, boolean fallbackToSimple, boolean look, boolean wordsOfTheModel) {

        static Preference in(SelectScenes command, boolean look) {
            var steps = command.configuration().steps();
            var selection = steps.getOrDefault("image_selection", Map.of());
            var generation = steps.getOrDefault("scene_generation", Map.of());
            return new Preference(
                    on(selection, "enabled") && on(selection, "use_llm"),
                    on(selection, "fallback_to_simple"),
                    selection.containsKey("look") ? on(selection, "look") : look,
                    on(generation, "enabled") && on(generation, "use_ai"));
        }

        private static boolean on(Map<String, Object> step, String name) {
            return !Boolean.FALSE.equals(step.get(name));
        }
    }
}
