package io.showreel.selection.storyboard;

import static io.showreel.selection.storyboard.Campaigns.asking;
import static io.showreel.selection.storyboard.Campaigns.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.job.JobCommand.Photo;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.selection.photo.Album;
import io.showreel.selection.storyboard.Question.Group;
import io.showreel.selection.storyboard.Question.Pair;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PairingTest {

    private final List<Photo> hall = group("Hall", 5);

    @Test
    void what_nobody_saw_is_paired_with_its_neighbour() {
        assertThat(pairs(Album.UNSEEN)).containsExactly("1-2", "3-4");
    }

    @Test
    void a_small_camera_move_comes_before_a_large_one() {
        var album = new Albums()
                .seen(hall.get(0), 0, 100)
                .seen(hall.get(1), 38, 100)
                .seen(hall.get(2), 12, 100)
                .seen(hall.get(3), 63, 100)
                .seen(hall.get(4), 63, 100)
                .album();

        assertThat(pairs(album)).startsWith("1-3");
    }

    @Test
    void nearly_the_same_picture_is_no_partner() {
        assertThat(pairs(Albums.walk(hall.subList(0, 2), 3))).doesNotContain("1-2");
        assertThat(pairs(Albums.walk(hall.subList(0, 2), 12))).contains("1-2");
    }

    @Test
    void a_different_place_is_no_partner() {
        var album = new Albums()
                .seen(hall.get(0), 0, 100, 0)
                .seen(hall.get(1), 60, 100, 42)
                .album();

        assertThat(pairing(album, List.of()).suit(hall.get(0), hall.get(1))).isFalse();
    }

    @Test
    void of_two_equal_moves_the_sharper_one_comes_first() {
        var album = new Albums()
                .seen(hall.get(0), 0, 50)
                .seen(hall.get(1), 12, 50)
                .seen(hall.get(2), 40, 100)
                .seen(hall.get(3), 52, 100)
                .album();

        assertThat(pairs(album)).startsWith("3-4");
    }

    @Test
    void the_score_and_the_reason_say_why() {
        var pair = groupOf(Albums.walk(hall, 12)).pairs().getFirst();

        assertThat(pair.score()).isBetween(0.7, 1.0);
        assertThat(pair.reason())
                .isEqualTo("The same view, a small camera move apart; both are among the sharpest of their group.");
    }

    @Test
    void what_was_chosen_before_comes_last_whichever_way_round() {
        var group = groupOf(Album.UNSEEN, new StoryboardEvent.Pair(id(1), id(0)));

        assertThat(shown(group.pairs().stream())).doesNotContain("1-2", "2-1").hasSize(2);
        assertThat(group.pairs()).allMatch(Pair::isFresh);
    }

    @Test
    void alternates_are_free_photos_first_then_one_of_the_scenes_own() {
        var group = groupOf(Album.UNSEEN);

        assertThat(shown(alternates(group, Set.of("p1", "p2"))).subList(0, 2)).containsExactly("3-4", "2-3");
    }

    @Test
    void a_group_of_two_still_has_its_own_move_backwards() {
        var two = Question.about(asking(group("Hall", 2), 2), SceneTemplates.ofTheHouse(), Album.UNSEEN);

        assertThat(shown(two.pairing().alternatesTo("p1", "p2", two.groups().getFirst(), Set.of("p1", "p2"))))
                .containsExactly("2-1");
    }

    private Stream<Pair> alternates(Group group, Set<String> played) {
        return pairing(Album.UNSEEN, List.of()).alternatesTo("p1", "p2", group, played);
    }

    private List<String> pairs(Album album) {
        return shown(groupOf(album).pairs().stream());
    }

    private Group groupOf(Album album, StoryboardEvent.Pair... previous) {
        var photos = hall.stream()
                .map(photo -> new Question.Numbered("p" + (hall.indexOf(photo) + 1), photo))
                .toList();
        return new Group(
                PhotoGroup.of("Hall", hall),
                photos,
                pairing(album, List.of(previous)).pairsOf(photos));
    }

    private static Pairing pairing(Album album, List<StoryboardEvent.Pair> previous) {
        return new Pairing(
                album,
                false,
                previous.stream()
                        .map(pair -> Set.of(pair.firstAssetId(), pair.lastAssetId()))
                        .collect(Collectors.toSet()));
    }

    private UUID id(int index) {
        return hall.get(index).assetId();
    }

    private static List<String> shown(Stream<Pair> pairs) {
        return pairs.map(pair -> pair.first().reference().substring(1) + "-"
                        + pair.last().reference().substring(1))
                .toList();
    }
}
