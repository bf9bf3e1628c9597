package io.showreel.selection.storyboard;

import io.showreel.contracts.job.JobCommand.Photo;
import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.selection.photo.Album;
import io.showreel.selection.photo.Kinship;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a storyteller is asked: the photos under short references, and the scenes that may be told with them.
 *
 * @param groups in the campaign's order, without the photos that better ones make superfluous
 * @param wanted the only kinds of scene allowed, in order; empty leaves the kinds to the house
 * @param scenes how many are wanted, never more than the photos give pairs for
 * @param album what was seen of the photos
 */
public record Question(SelectScenes command, List<Group> groups, List<SceneTemplate> wanted, int scenes, Album album) {

    /**
     * @param photos numbered through all groups
     * @param pairs that the photos make, best first, no photo twice
     */
    public record Group(PhotoGroup group, List<Numbered> photos, List<Pair> pairs) {
        public Group {
            photos = List.copyOf(photos);
            pairs = List.copyOf(pairs);
        }
    }

    /** @param reference such as {@code p12}: shorter to say, and harder to get wrong, than an asset's id */
    public record Numbered(String reference, Photo photo) {}

    /**
     * @param isFresh whether no earlier storyboard of the job had it
     * @param score from 0 to 1, null if nobody looked
     */
    public record Pair(
            Numbered first,
            Numbered last,
            boolean isFresh,
            @Nullable Double score,
            @Nullable String reason) {}

    public Question {
        groups = List.copyOf(groups);
        wanted = List.copyOf(wanted);
    }

    static Question about(SelectScenes command, SceneTemplates templates, Album album) {
        var wanted = command.wish().sceneTypes().stream()
                .distinct()
                .map(templates::wanted)
                .toList();
        var pairing = Pairing.of(command, album);
        var shortlist = new Shortlist(pairing, wanted, command.wish().sceneCount());
        var places = Places.apart(
                PhotoGroups.of(command.photos()), album, command.wish().sceneCount());
        var groups = number(shortlist.of(places), pairing);
        return new Question(command, groups, wanted, Math.min(command.wish().sceneCount(), pairs(groups)), album);
    }

    /** The same for some of its groups, under the same references. */
    public Question about(List<Group> some) {
        return new Question(command, some, wanted, Math.min(scenes, pairs(some)), album);
    }

    public static int pairs(List<Group> groups) {
        return groups.stream().mapToInt(group -> group.pairs().size()).sum();
    }

    /** Wanted kinds are served as far as the photos can; otherwise each scene is owed. */
    public boolean allowsFewerScenes() {
        return !wanted.isEmpty();
    }

    /** The pairs of earlier storyboards whose photos may be chosen again. */
    public List<Pair> previous() {
        return command.previous().stream()
                .flatMap(pair -> numbered(pair.firstAssetId()).flatMap(first -> numbered(pair.lastAssetId())
                        .map(last -> new Pair(first, last, false, null, null))))
                .toList();
    }

    private Stream<Numbered> numbered(UUID asset) {
        return groups.stream()
                .flatMap(group -> group.photos().stream())
                .filter(numbered -> numbered.photo().assetId().equals(asset))
                .limit(1);
    }

    Pairing pairing() {
        return Pairing.of(command, album);
    }

    Optional<Group> groupOf(String reference) {
        return groups.stream()
                .filter(group -> find(group, reference).isPresent())
                .findFirst();
    }

    Optional<Photo> photo(String reference) {
        return groups.stream()
                .flatMap(group -> find(group, reference).stream())
                .map(Numbered::photo)
                .findFirst();
    }

    Optional<UUID> asset(String reference) {
        return photo(reference).map(Photo::assetId);
    }

    /** Empty unless both exist and were seen. */
    Optional<Kinship> kinship(String first, String last) {
        return photo(first).flatMap(one -> photo(last).flatMap(other -> album.kinship(one, other)));
    }

    static Optional<Numbered> find(Group group, String reference) {
        return group.photos().stream()
                .filter(numbered -> numbered.reference().equals(reference))
                .findFirst();
    }

    private static List<Group> number(List<PhotoGroup> groups, Pairing pairing) {
        var numbered = new ArrayList<Group>();
        var next = 1;
        for (var group : groups) {
            var photos = new ArrayList<Numbered>();
            for (var photo : group.photos()) {
                photos.add(new Numbered("p" + next++, photo));
            }
            numbered.add(new Group(group, photos, pairing.pairsOf(photos)));
        }
        return numbered;
    }
}
