package io.showreel.selection.photo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Finds what is wrong with photos, each measured against those of its own group and of the whole campaign: fog is not
 * blur where every photo shows it, and a room at night is not underexposed.
 */
public final class Flaws {

    private static final double BLURRED_IN_GROUP = 0.4;
    private static final double BLURRED_IN_CAMPAIGN = 0.03;
    private static final double DARK = 30;
    private static final double DARK_IN_GROUP = 0.45;
    private static final double NEVER_DARK = 60;
    private static final double BLOWN_OUT = 235;
    private static final double BLOWN_OUT_SHARE = 0.4;
    private static final int TINY_SIDE = 360;
    private static final double TINY_IN_CAMPAIGN = 0.2;

    private Flaws() {}

    /**
     * @param groups measures by photo, group by group
     * @return the flaws of each photo that has any
     */
    public static <P> Map<P, Set<Flaw>> in(Collection<Map<P, Measures>> groups) {
        var all = groups.stream().flatMap(group -> group.values().stream()).toList();
        var campaign = Norm.of(all);
        var flaws = new HashMap<P, Set<Flaw>>();
        for (var group : groups) {
            var norm = Norm.of(group.values());
            group.forEach((photo, measures) -> flaws.put(photo, ofOne(measures, norm, campaign)));
        }
        findDuplicates(groups, flaws);
        flaws.values().removeIf(Set::isEmpty);
        return flaws;
    }

    private record Norm(double sharpness, double brightness, double pixels) {
        static Norm of(Collection<Measures> measures) {
            return new Norm(
                    median(measures, Measures::sharpness),
                    median(measures, Measures::brightness),
                    median(measures, Measures::pixels));
        }
    }

    private static EnumSet<Flaw> ofOne(Measures measures, Norm group, Norm campaign) {
        var flaws = EnumSet.noneOf(Flaw.class);
        if (measures.sharpness() < BLURRED_IN_GROUP * group.sharpness()
                || measures.sharpness() < BLURRED_IN_CAMPAIGN * campaign.sharpness()) {
            flaws.add(Flaw.BLURRED);
        }
        if (measures.brightness() < DARK
                || measures.brightness() < Math.min(NEVER_DARK, DARK_IN_GROUP * group.brightness())) {
            flaws.add(Flaw.DARK);
        }
        if (measures.brightness() > BLOWN_OUT || measures.blown() > BLOWN_OUT_SHARE) {
            flaws.add(Flaw.BLOWN_OUT);
        }
        if (measures.shorterSide() < TINY_SIDE || measures.pixels() < TINY_IN_CAMPAIGN * campaign.pixels()) {
            flaws.add(Flaw.TINY);
        }
        return flaws;
    }

    /** Of photos that are nearly the same, the best stays: the one with the fewest other flaws, then the sharpest. */
    private static <P> void findDuplicates(Collection<Map<P, Measures>> groups, Map<P, Set<Flaw>> flaws) {
        var bestFirst = groups.stream()
                .flatMap(group -> group.entrySet().stream())
                .sorted(Comparator.comparingInt((Map.Entry<P, Measures> photo) -> count(flaws, photo.getKey()))
                        .thenComparing(photo -> -photo.getValue().sharpness()))
                .toList();
        List<Measures> kept = new ArrayList<>();
        for (var photo : bestFirst) {
            var measures = photo.getValue();
            if (kept.stream().anyMatch(measures::isNearDuplicateOf)) {
                flaws.computeIfAbsent(photo.getKey(), unknown -> EnumSet.noneOf(Flaw.class))
                        .add(Flaw.NEAR_DUPLICATE);
            } else {
                kept.add(measures);
            }
        }
    }

    private static <P> int count(Map<P, Set<Flaw>> flaws, P photo) {
        return flaws.getOrDefault(photo, Set.of()).size();
    }

    /** The better one of the middle two, so that of two photos the good one is the norm. */
    static double median(Collection<Measures> measures, ToDoubleFunction<Measures> what) {
        var sorted = measures.stream().mapToDouble(what).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
}
