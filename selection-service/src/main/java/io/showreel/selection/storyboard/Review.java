package io.showreel.selection.storyboard;

import io.showreel.selection.photo.Kinship;
import io.showreel.selection.storyboard.Storyteller.Scene;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/** Judges a story against the photos that there really are. */
final class Review {

    private Review() {}

    /** Whatever is wrong, in words that the storyteller can act on; empty when the story will do. */
    static List<String> objections(Question question, List<Scene> scenes) {
        var objections = new ArrayList<String>();
        var few = question.allowsFewerScenes() && !scenes.isEmpty() && scenes.size() < question.scenes();
        if (scenes.size() != question.scenes() && !few) {
            objections.add("There must be %d scenes, not %d.".formatted(question.scenes(), scenes.size()));
        }
        var used = new HashSet<String>();
        for (var i = 0; i < scenes.size(); i++) {
            var scene = scenes.get(i);
            var where = "Scene %d: ".formatted(i + 1);
            pairing(question, scene).forEach(objection -> objections.add(where + objection));
            type(question, scene).forEach(objection -> objections.add(where + objection));
            for (var reference : new HashSet<>(List.of(scene.first(), scene.last()))) {
                if (!used.add(reference)) {
                    objections.add(where + "photo %s is used by an earlier scene.".formatted(reference));
                }
            }
        }
        if (objections.isEmpty() && repeats(question, scenes)) {
            objections.add("All these pairs were chosen before: choose at least one that was not.");
        }
        return objections;
    }

    private static boolean repeats(Question question, List<Scene> scenes) {
        var pairing = question.pairing();
        return !question.command().previous().isEmpty()
                && scenes.stream()
                        .noneMatch(scene -> pairing.isFresh(
                                question.asset(scene.first()).orElseThrow(),
                                question.asset(scene.last()).orElseThrow()));
    }

    private static List<String> pairing(Question question, Scene scene) {
        var first = question.groupOf(scene.first());
        var last = question.groupOf(scene.last());
        if (first.isEmpty()) {
            return List.of("there is no photo %s.".formatted(scene.first()));
        }
        if (last.isEmpty()) {
            return List.of("there is no photo %s.".formatted(scene.last()));
        }
        if (scene.first().equals(scene.last())) {
            return List.of("first and last are the same photo %s.".formatted(scene.first()));
        }
        if (!first.equals(last)) {
            return List.of("%s and %s are of different groups.".formatted(scene.first(), scene.last()));
        }
        return question.kinship(scene.first(), scene.last())
                .map(kinship -> sight(scene, kinship))
                .orElse(List.of());
    }

    private static List<String> sight(Scene scene, Kinship kinship) {
        if (kinship.isNearDuplicate()) {
            return List.of("%s and %s are nearly the same picture, with no camera move between them."
                    .formatted(scene.first(), scene.last()));
        }
        return kinship.isStrange()
                ? List.of("%s and %s show different places.".formatted(scene.first(), scene.last()))
                : List.of();
    }

    private static List<String> type(Question question, Scene scene) {
        var wanted = question.wanted();
        if (wanted.isEmpty()
                || wanted.stream().anyMatch(template -> template.type().equals(scene.type()))) {
            return List.of();
        }
        var allowed = wanted.stream().map(SceneTemplate::type).collect(Collectors.joining(", "));
        return List.of("scene_type must be one of %s, not %s.".formatted(allowed, scene.type()));
    }
}
