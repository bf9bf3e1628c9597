package io.showreel.selection.storyboard;

import io.showreel.selection.storyboard.Question.Group;
import io.showreel.selection.storyboard.Question.Pair;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells a decent story without anybody's help, always the same one for the same photos: the scene templates are cast
 * with the groups that serve them best, each group once before any plays twice, each with its best pair that is left. A
 * job that had a storyboard before gets another one, as long as its photos make one.
 */
final class SimpleStoryboard {

    private final Question question;
    private final SceneTemplates templates;
    private final Map<Group, Deque<Pair>> left = new LinkedHashMap<>();
    private final Set<Group> played = new HashSet<>();

    /** A scene that was cast. */
    record Cast(SceneTemplate template, Group group, Pair pair) {

        String first() {
            return pair.first().reference();
        }

        String last() {
            return pair.last().reference();
        }
    }

    private SimpleStoryboard(Question question, SceneTemplates templates) {
        this.question = question;
        this.templates = templates;
        question.groups().forEach(group -> left.put(group, new ArrayDeque<>(group.pairs())));
    }

    /** In the film's order; fewer than asked for, or none, where wanted kinds of scene find no photos. */
    static List<Cast> cast(Question question, SceneTemplates templates) {
        var casts = castOnce(question, templates);
        if (!repeats(question, casts)) {
            return casts;
        }
        return question.groups().stream()
                .map(group -> withoutRepetitionsOf(group, question))
                .filter(other -> Question.pairs(other.groups()) >= question.scenes())
                .map(other -> castOnce(other, templates))
                .filter(others -> others.size() >= casts.size() && !repeats(question, others))
                .findFirst()
                .orElse(casts);
    }

    static boolean repeats(Question question, List<Cast> casts) {
        return !question.command().previous().isEmpty()
                && casts.stream().noneMatch(cast -> cast.pair().isFresh());
    }

    private static Question withoutRepetitionsOf(Group repeating, Question question) {
        var fresh = repeating.pairs().stream().filter(Pair::isFresh).toList();
        return question.about(question.groups().stream()
                .map(group -> group.equals(repeating) ? new Group(group.group(), group.photos(), fresh) : group)
                .toList());
    }

    private static List<Cast> castOnce(Question question, SceneTemplates templates) {
        var storyboard = new SimpleStoryboard(question, templates);
        return question.wanted().isEmpty() ? storyboard.inTheHousesWay() : storyboard.asWanted();
    }

    /** Hook first, outro last, and what the photos can serve between them. */
    private List<Cast> inTheHousesWay() {
        if (question.scenes() == 0) {
            return List.of();
        }
        var hook = play(templates.hook(), bestOrAny(templates.hook()));
        if (question.scenes() == 1) {
            return List.of(hook);
        }
        var outro = play(templates.outro(), bestOrAny(templates.outro()));
        var body = body(question.scenes() - 2);
        return Stream.of(Stream.of(hook), body.stream(), Stream.of(outro))
                .flatMap(scenes -> scenes)
                .toList();
    }

    private List<Cast> body(int scenes) {
        var body = new ArrayList<Cast>();
        for (var template : templates.bodyByPriority()) {
            var group = best(template, fresh());
            if (body.size() < scenes && group != null) {
                body.add(play(template, group));
            }
        }
        while (body.size() < scenes) {
            var group = next();
            body.add(play(templates.bodyFor(group.group()), group));
        }
        body.sort(Comparator.comparingInt(cast -> cast.template().order()));
        return body;
    }

    private List<Cast> asWanted() {
        var casts = new ArrayList<Cast>();
        playRounds(casts, this::fresh);
        playRounds(casts, this::available);
        casts.sort(Comparator.comparingInt(cast -> question.wanted().indexOf(cast.template())));
        return casts;
    }

    /** Goes through the wanted kinds again and again, until there are enough scenes or no group serves one. */
    private void playRounds(List<Cast> casts, Supplier<List<Group>> groups) {
        var before = -1;
        while (casts.size() > before && casts.size() < question.scenes()) {
            before = casts.size();
            for (var template : question.wanted()) {
                var group = best(template, own(template, groups.get()));
                if (group != null && casts.size() < question.scenes()) {
                    casts.add(play(template, group));
                }
            }
        }
    }

    /** Those that serve no other wanted kind better. */
    private List<Group> own(SceneTemplate template, List<Group> groups) {
        return groups.stream()
                .filter(group -> SceneTemplates.servedBest(question.wanted(), group.group())
                        .filter(template::equals)
                        .isPresent())
                .toList();
    }

    private Group bestOrAny(SceneTemplate template) {
        var candidates = fresh().isEmpty() ? available() : fresh();
        var best = best(template, candidates);
        return best == null ? candidates.getFirst() : best;
    }

    /** Of groups that serve it equally well, the one with the better pair. */
    private @Nullable Group best(SceneTemplate template, List<Group> candidates) {
        return candidates.stream()
                .filter(group -> template.serves(group.group()) > 0)
                .min(Comparator.comparingInt((Group group) -> -template.serves(group.group()))
                        .thenComparing(group -> -nextScore(group)))
                .orElse(null);
    }

    /** The group with the best pair among those that have not played, else the one with the most pairs left. */
    private Group next() {
        return fresh().stream()
                .min(Comparator.comparing(group -> -nextScore(group)))
                .or(() -> available().stream().max(Comparator.comparingInt(this::pairsLeft)))
                .orElseThrow();
    }

    /** Of its next pair; 0 where nobody looked. */
    private double nextScore(Group group) {
        var pair = left.getOrDefault(group, new ArrayDeque<>()).peekFirst();
        var score = pair == null ? null : pair.score();
        return score == null ? 0 : score;
    }

    private List<Group> fresh() {
        return available().stream().filter(group -> !played.contains(group)).toList();
    }

    private List<Group> available() {
        return left.keySet().stream().filter(group -> pairsLeft(group) > 0).toList();
    }

    private int pairsLeft(Group group) {
        return left.getOrDefault(group, new ArrayDeque<>()).size();
    }

    private Cast play(SceneTemplate template, Group group) {
        played.add(group);
        return new Cast(
                template, group, left.getOrDefault(group, new ArrayDeque<>()).removeFirst());
    }
}
