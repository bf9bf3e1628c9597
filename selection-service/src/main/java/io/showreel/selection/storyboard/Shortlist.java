package io.showreel.selection.storyboard;

import io.showreel.contracts.job.JobCommand.Photo;
import io.showreel.selection.photo.Flaw;
import io.showreel.selection.photo.Flaws;
import io.showreel.selection.photo.Measures;
import io.showreel.selection.storyboard.Question.Numbered;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out what must not be chosen while there is better: photos with {@link Flaw}s and those that could not be
 * reached, all of them at first. Only if the rest makes too few pairs, or none for a wanted kind of scene, do the least
 * bad come back, just as many as it takes. What is spoilt never comes back.
 *
 * @param scenes how many pairs are wanted
 */
record Shortlist(Pairing pairing, List<SceneTemplate> wanted, int scenes) {

    Shortlist {
        wanted = List.copyOf(wanted);
    }

    List<PhotoGroup> of(List<PhotoGroup> groups) {
        if (pairing.album().isEmpty()) {
            return byNameAlone(groups);
        }
        var candidates = candidates(groups);
        wanted.forEach(kind -> complete(1, serving(kind, candidates)));
        complete(scenes, candidates);
        return candidates.stream()
                .filter(candidate -> !candidate.pairs().isEmpty())
                .map(Candidates::shortlisted)
                .toList();
    }

    /** Where every photo seems to be gone, the trouble is more likely ours than theirs. */
    private List<PhotoGroup> byNameAlone(List<PhotoGroup> groups) {
        var unspoilt = groups.stream()
                .map(group -> group.only(photo -> !isSpoilt(photo)))
                .filter(group -> group.photos().size() > 1)
                .toList();
        return unspoilt.isEmpty() ? groups : unspoilt;
    }

    private boolean isSpoilt(Photo photo) {
        return pairing.album().spoilt().contains(photo.object());
    }

    private List<Candidates> candidates(List<PhotoGroup> groups) {
        var flaws = Flaws.in(groups.stream().map(this::measures).toList());
        return groups.stream().map(group -> new Candidates(group, flaws)).toList();
    }

    private Map<Photo, Measures> measures(PhotoGroup group) {
        var measures = new LinkedHashMap<Photo, Measures>();
        group.photos()
                .forEach(photo ->
                        pairing.album().measuresOf(photo).ifPresent(measured -> measures.put(photo, measured)));
        return measures;
    }

    private static List<Candidates> serving(SceneTemplate kind, List<Candidates> candidates) {
        return candidates.stream()
                .filter(candidate -> kind.serves(candidate.group) > 0)
                .toList();
    }

    private void complete(int pairs, List<Candidates> candidates) {
        var missing = pairs
                - candidates.stream()
                        .mapToInt(candidate -> candidate.pairs().size())
                        .sum();
        while (missing-- > 0) {
            var best = candidates.stream()
                    .flatMap(candidate -> candidate.comeback().stream())
                    .min(Comparator.comparingInt(Comeback::badness));
            if (best.isEmpty()) {
                return;
            }
            best.get().to().admit(best.get().photos());
        }
    }

    /** Photos that would make one more pair. */
    private record Comeback(Candidates to, List<Photo> photos, int badness) {}

    /** One group, and which of its photos are in so far. */
    private final class Candidates {

        private final PhotoGroup group;
        private final Map<Photo, Set<Flaw>> flaws;
        private final Set<Photo> admitted = new HashSet<>();
        private @Nullable List<Question.Pair> pairs;

        Candidates(PhotoGroup group, Map<Photo, Set<Flaw>> flaws) {
            this.group = group;
            this.flaws = flaws;
            usable().filter(photo -> badness(photo) == 0).forEach(admitted::add);
        }

        PhotoGroup shortlisted() {
            return group.only(admitted::contains);
        }

        List<Question.Pair> pairs() {
            var known = pairs;
            if (known == null) {
                known = pairing.pairsOf(
                        in().stream().map(photo -> new Numbered("", photo)).toList());
                pairs = known;
            }
            return known;
        }

        void admit(List<Photo> photos) {
            admitted.addAll(photos);
            pairs = null;
        }

        /** The least bad that find a partner among those left alone, or else among each other. */
        Optional<Comeback> comeback() {
            var paired = new HashSet<Photo>();
            pairs().forEach(pair ->
                    paired.addAll(List.of(pair.first().photo(), pair.last().photo())));
            var alone = in().stream().filter(photo -> !paired.contains(photo)).toList();
            var out = usable().filter(photo -> !admitted.contains(photo))
                    .sorted(Comparator.comparingInt(this::badness))
                    .toList();
            var one = out.stream()
                    .filter(photo -> suitsAny(photo, alone))
                    .findFirst()
                    .map(List::of);
            return one.or(() -> two(out))
                    .map(photos -> new Comeback(
                            this,
                            photos,
                            photos.stream().mapToInt(this::badness).sum()));
        }

        private Optional<List<Photo>> two(List<Photo> out) {
            for (var i = 0; i < out.size(); i++) {
                var one = out.get(i);
                for (var other : out.subList(i + 1, out.size())) {
                    if (pairing.suit(one, other)) {
                        return Optional.of(List.of(one, other));
                    }
                }
            }
            return Optional.empty();
        }

        private boolean suitsAny(Photo photo, Collection<Photo> others) {
            return others.stream().anyMatch(other -> pairing.suit(photo, other));
        }

        private List<Photo> in() {
            return group.photos().stream().filter(admitted::contains).toList();
        }

        private Stream<Photo> usable() {
            return group.photos().stream().filter(photo -> !isSpoilt(photo));
        }

        private int badness(Photo photo) {
            return pairing.album().sightOf(photo).isEmpty()
                    ? 1
                    : flaws.getOrDefault(photo, Set.of()).size();
        }
    }
}
