package io.showreel.sandbox.xai;

import io.showreel.sandbox.xai.Material.Group;
import io.showreel.sandbox.xai.Material.Photo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Hands out pairs of neighbouring photos, no photo twice, changing the group as long as there are others. */
final class Pairs {
    private final List<Pair> left = new ArrayList<>();
    private final Map<String, Integer> used = new HashMap<>();

    record Pair(Group group, Photo first, Photo last) {}

    Pairs(Material material, long seed) {
        var groups = new ArrayList<>(material.groups());
        Collections.shuffle(groups, new Random(seed));
        for (var group : groups) {
            var photos = group.photos();
            for (int i = 0; i + 1 < photos.size(); i += 2) {
                left.add(new Pair(group, photos.get(i), photos.get(i + 1)));
            }
        }
    }

    int size() {
        return left.size();
    }

    /** @param topic a group that is called like it comes first */
    Optional<Pair> next(String topic) {
        var words = topic.toLowerCase(Locale.ROOT);
        var best = left.stream()
                .min(Comparator.comparingInt((Pair pair) -> words.isEmpty() || !isAbout(pair, words) ? 1 : 0)
                        .thenComparingInt(pair -> used.getOrDefault(pair.group().name(), 0)));
        best.ifPresent(pair -> {
            left.remove(pair);
            used.merge(pair.group().name(), 1, Integer::sum);
        });
        return best;
    }

    private static boolean isAbout(Pair pair, String words) {
        var name = pair.group().spoken();
        return words.contains(name) || name.contains(words);
    }
}
