package io.showreel.selection.storyboard;

import io.showreel.contracts.job.JobCommand.Photo;
import io.showreel.contracts.job.JobCommand.SelectScenes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a storyteller is asked: the photos under short references, and the scenes that may be told with them.
 *
 * @param groups in the campaign's order
 * @param wanted the only kinds of scene allowed, in order; empty leaves the kinds to the house
 * @param scenes how many are wanted, never more than the photos give pairs for
 */
public record Question(SelectScenes command, List<Group> groups, List<SceneTemplate> wanted, int scenes) {

    /** @param photos numbered through all groups */
    public record Group(PhotoGroup group, List<Numbered> photos) {
        public Group {
            photos = List.copyOf(photos);
        }
    }

    /** @param reference such as {@code p12}: shorter to say, and harder to get wrong, than an asset's id */
    public record Numbered(String reference, Photo photo) {}

    public Question {
        groups = List.copyOf(groups);
        wanted = List.copyOf(wanted);
    }

    static Question about(SelectScenes command, SceneTemplates templates) {
        var groups = number(PhotoGroups.of(command.photos()));
        var pairs = groups.stream().mapToInt(group -> group.photos().size() / 2).sum();
        var wanted = command.wish().sceneTypes().stream()
                .distinct()
                .map(templates::wanted)
                .toList();
        return new Question(command, groups, wanted, Math.min(command.wish().sceneCount(), pairs));
    }

    /** Wanted kinds are served as far as the photos can; otherwise each scene is owed. */
    public boolean allowsFewerScenes() {
        return !wanted.isEmpty();
    }

    Optional<Group> groupOf(String reference) {
        return groups.stream()
                .filter(group -> find(group, reference).isPresent())
                .findFirst();
    }

    Optional<UUID> asset(String reference) {
        return groups.stream()
                .flatMap(group -> find(group, reference).stream())
                .map(numbered -> numbered.photo().assetId())
                .findFirst();
    }

    private static Optional<Numbered> find(Group group, String reference) {
        return group.photos().stream()
                .filter(numbered -> numbered.reference().equals(reference))
                .findFirst();
    }

    private static List<Group> number(List<PhotoGroup> groups) {
        var numbered = new ArrayList<Group>();
        var next = 1;
        for (var group : groups) {
            var photos = new ArrayList<Numbered>();
            for (var photo : group.photos()) {
                photos.add(new Numbered("p" + next++, photo));
            }
            numbered.add(new Group(group, photos));
        }
        return numbered;
    }
}
