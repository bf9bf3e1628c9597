package io.showreel.selection.storyboard;

import io.showreel.contracts.job.JobCommand.Photo;
import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.selection.photo.Album;
import io.showreel.selection.photo.Kinship;
import io.showreel.selection.photo.Measures;
import io.showreel.selection.storyboard.Question.Group;
import io.showreel.selection.storyboard.Question.Numbered;
import io.showreel.selection.storyboard.Question.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pairs the photos of a group so that a camera can move from the first to the last of each pair: what was seen decides,
 * a small move before a large one and sharp photos before soft ones. Where nobody looked, neighbours make a pair, since
 * photographers walk on. Pairs that an earlier storyboard had come last.
 *
 * @param upright whether the film is
 * @param previous the pairs of earlier storyboards, whichever way round
 */
record Pairing(Album album, boolean upright, Set<Set<UUID>> previous) {

    private static final double FOR_CLOSENESS = 0.5;
    private static final double FOR_SHARPNESS = 0.3;
    private static final double FOR_A_CAMERA_MOVE = 0.1;
    private static final double FOR_THE_SHARPER_HALF = 0.1;

    static Pairing of(SelectScenes command, Album album) {
        return new Pairing(
                album,
                command.wish().aspectRatio().equals("9:16"),
                command.previous().stream().map(Pairing::unordered).collect(Collectors.toSet()));
    }

    /** Best first, no photo twice. */
    List<Pair> pairsOf(List<Numbered> photos) {
        var taken = new HashSet<Numbered>();
        var pairs = new ArrayList<Pair>();
        for (var candidate : candidates(photos)) {
            var pair = candidate.pair();
            if (!taken.contains(pair.first()) && !taken.contains(pair.last())) {
                taken.add(pair.first());
                taken.add(pair.last());
                pairs.add(pair);
            }
        }
        return pairs;
    }

    /** Whether a clip can lead from the one to the other. What nobody saw is given the benefit of the doubt. */
    boolean suit(Photo one, Photo other) {
        return album.kinship(one, other)
                .map(kinship -> !kinship.isNearDuplicate() && !kinship.isStrange())
                .orElse(true);
    }

    boolean isFresh(UUID one, UUID other) {
        return !previous.contains(Set.of(one, other));
    }

    /**
     * What could take a scene's place: first of photos that play nowhere, then with one of its own, then the scene's
     * own move the other way round.
     */
    Stream<Pair> alternatesTo(String first, String last, Group group, Set<String> played) {
        Predicate<Numbered> free = numbered -> !played.contains(numbered.reference());
        var others = group.photos().stream().filter(free).toList();
        var withItsOwn = candidates(group.photos().stream()
                        .filter(numbered -> free.test(numbered) || isOneOf(numbered, first, last))
                        .toList())
                .stream()
                .map(Candidate::pair)
                .filter(pair -> isOneOf(pair.first(), first, last) != isOneOf(pair.last(), first, last));
        var backwards = pair(find(group, last), find(group, first), sharpness(group.photos()));
        return Stream.of(pairsOf(others).stream(), withItsOwn, Stream.of(backwards))
                .flatMap(pairs -> pairs);
    }

    private record Candidate(Pair pair, int misfits, int apart) {}

    private List<Candidate> candidates(List<Numbered> photos) {
        var sharpness = sharpness(photos);
        var candidates = new ArrayList<Candidate>();
        for (var i = 0; i < photos.size(); i++) {
            for (var j = i + 1; j < photos.size(); j++) {
                var first = photos.get(i);
                var last = photos.get(j);
                if (suit(first.photo(), last.photo())) {
                    var misfits = misfit(first.photo()) + misfit(last.photo());
                    candidates.add(new Candidate(pair(first, last, sharpness), misfits, j - i));
                }
            }
        }
        candidates.sort(
                Comparator.comparing((Candidate candidate) -> !candidate.pair().isFresh())
                        .thenComparing(Candidate::misfits)
                        .thenComparing(candidate -> -scoreOf(candidate.pair()))
                        .thenComparing(Candidate::apart));
        return candidates;
    }

    private Pair pair(Numbered first, Numbered last, double sharpness) {
        var fresh = isFresh(first.photo().assetId(), last.photo().assetId());
        return album.kinship(first.photo(), last.photo())
                .map(kinship -> judged(first, last, fresh, kinship, sharpness))
                .orElseGet(() -> new Pair(first, last, fresh, null, null));
    }

    private Pair judged(Numbered first, Numbered last, boolean fresh, Kinship kinship, double sharpness) {
        var softer = Math.min(sharpness(first.photo()), sharpness(last.photo()));
        var sharperHalf = softer >= sharpness;
        var score = FOR_CLOSENESS * kinship.closeness()
                + FOR_SHARPNESS * (sharperHalf ? 1 : softer / sharpness)
                + (kinship.isCameraMoveApart() ? FOR_A_CAMERA_MOVE : 0)
                + (sharperHalf ? FOR_THE_SHARPER_HALF : 0);
        var reason = kinship.isCameraMoveApart()
                ? "The same view, a small camera move apart"
                : "The same place, seen from elsewhere";
        return new Pair(
                first,
                last,
                fresh,
                Math.round(score * 100) / 100.0,
                reason + (sharperHalf ? "; both are among the sharpest of their group." : "."));
    }

    private static double scoreOf(Pair pair) {
        var score = pair.score();
        return score == null ? 0 : score;
    }

    /** In the middle of those that were seen. */
    private double sharpness(List<Numbered> photos) {
        var sorted = photos.stream()
                .flatMap(numbered -> album.measuresOf(numbered.photo()).stream())
                .mapToDouble(Measures::sharpness)
                .sorted()
                .toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    private double sharpness(Photo photo) {
        return album.measuresOf(photo).map(Measures::sharpness).orElse(0.0);
    }

    private int misfit(Photo photo) {
        return upright == photo.height() > photo.width() ? 0 : 1;
    }

    private static boolean isOneOf(Numbered numbered, String one, String other) {
        return numbered.reference().equals(one) || numbered.reference().equals(other);
    }

    private static Numbered find(Group group, String reference) {
        return Question.find(group, reference).orElseThrow();
    }

    private static Set<UUID> unordered(StoryboardEvent.Pair pair) {
        return new HashSet<>(List.of(pair.firstAssetId(), pair.lastAssetId()));
    }
}
