package io.showreel.selection.storyboard;

import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.contracts.storyboard.StoryboardEvent.ChosenScene;
import io.showreel.contracts.storyboard.StoryboardEvent.Origin;
import io.showreel.contracts.storyboard.StoryboardEvent.StoryboardSelected;
import io.showreel.selection.storyboard.Question.Group;
import io.showreel.selection.storyboard.SceneTemplate.Occasion;
import io.showreel.selection.storyboard.SimpleStoryboard.Cast;
import io.showreel.selection.storyboard.Storyteller.Scene;
import io.showreel.selection.storyboard.Storyteller.Story;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes down what was chosen, by whomever, as the storyboard that goes on the wire. */
final class Storyboards {

    private static final int ALTERNATES = 2;

    private final SceneTemplates templates;

    Storyboards(SceneTemplates templates) {
        this.templates = templates;
    }

    /** @param story that {@link Review} has no objection to */
    StoryboardSelected told(Question question, Story story, Spent spent) {
        var shots = new ArrayList<Shot>();
        for (var i = 0; i < story.scenes().size(); i++) {
            var scene = story.scenes().get(i);
            var group = question.groupOf(scene.first()).orElseThrow();
            shots.add(new Shot(templateOf(question, story.scenes(), i, group.group()), group, scene));
        }
        return storyboard(
                question,
                shots,
                Origin.MODEL,
                story.music(),
                spent,
                question.album().note());
    }

    /** @param note why nobody told a story */
    StoryboardSelected simple(Question question, List<Cast> casts, Spent spent, String note) {
        var shots = casts.stream()
                .map(cast -> new Shot(
                        cast.template(),
                        cast.group(),
                        new Scene(
                                cast.first(),
                                cast.last(),
                                null,
                                null,
                                written(question, cast),
                                cast.pair().reason(),
                                cast.pair().score())))
                .toList();
        var seen = question.album().note();
        return storyboard(question, shots, Origin.FALLBACK, null, spent, seen == null ? note : note + " " + seen);
    }

    /** What people wrote about the two photos, null if nothing. */
    private static @Nullable String written(Question question, Cast cast) {
        var descriptions = Stream.of(cast.first(), cast.last())
                .flatMap(reference -> question.photo(reference).stream())
                .flatMap(photo -> Stream.ofNullable(photo.description()))
                .filter(description -> !description.isBlank())
                .map(description -> Text.sentence(description.strip()))
                .distinct()
                .collect(Collectors.joining(" "));
        return descriptions.isEmpty() ? null : descriptions;
    }

    private record Shot(SceneTemplate template, Group group, Scene scene) {}

    /** The arc is ours: whatever is told first is the hook, and whatever is told last is the outro. */
    private SceneTemplate templateOf(Question question, List<Scene> scenes, int index, PhotoGroup group) {
        if (!question.wanted().isEmpty()) {
            var type = scenes.get(index).type();
            return question.wanted().stream()
                    .filter(template -> template.type().equals(type))
                    .findFirst()
                    .orElseThrow();
        }
        if (index == 0) {
            return templates.hook();
        }
        return index == scenes.size() - 1 ? templates.outro() : templates.bodyFor(group);
    }

    private StoryboardSelected storyboard(
            Question question,
            List<Shot> shots,
            Origin origin,
            @Nullable String music,
            Spent spent,
            @Nullable String note) {
        var command = question.command();
        var used = new HashSet<String>();
        shots.forEach(
                shot -> used.addAll(List.of(shot.scene().first(), shot.scene().last())));
        var scenes = shots.stream().map(shot -> chosen(question, shot, used)).toList();
        var score = MusicPrompt.of(
                shots.stream().map(Shot::template).toList(), command.wish().musicGenre());
        return new StoryboardSelected(
                command.jobId(),
                command.selection(),
                scenes,
                origin,
                Text.shortened(Text.orElse(music, score), MusicPrompt.LONGEST),
                spent.noting(note),
                command.wish().clipDuration().multipliedBy(scenes.size()));
    }

    private static ChosenScene chosen(Question question, Shot shot, Set<String> used) {
        var command = question.command();
        var scene = shot.scene();
        var group = shot.group().group();
        var title =
                Text.orElse(scene.title(), "%s: %s".formatted(shot.template().title(), group.name()));
        return new ChosenScene(
                Text.shortened(title, 120),
                Text.shortened(Text.orElse(scene.description(), inTheHousesWords(shot.template(), group)), 600),
                ScenePrompt.of(
                        shot.template(),
                        new Occasion(
                                group.subject(),
                                command.campaign().name(),
                                scene.description(),
                                command.wish().style())),
                shot.template().sceneType(),
                group.name(),
                command.wish().clipDuration(),
                command.wish().transition(),
                question.asset(scene.first()).orElseThrow(),
                question.asset(scene.last()).orElseThrow(),
                scene.score() == null ? null : Math.clamp(scene.score(), 0.0, 1.0),
                scene.reason() == null ? null : Text.shortened(scene.reason(), 300),
                alternates(question, shot, used));
    }

    private static String inTheHousesWords(SceneTemplate template, PhotoGroup group) {
        return "The %s in a %s: %s.".formatted(group.subject(), template.cameraMovement(), template.mood());
    }

    private static List<StoryboardEvent.Pair> alternates(Question question, Shot shot, Set<String> used) {
        return question.pairing()
                .alternatesTo(shot.scene().first(), shot.scene().last(), shot.group(), used)
                .limit(ALTERNATES)
                .map(pair -> new StoryboardEvent.Pair(
                        pair.first().photo().assetId(), pair.last().photo().assetId()))
                .toList();
    }
}
