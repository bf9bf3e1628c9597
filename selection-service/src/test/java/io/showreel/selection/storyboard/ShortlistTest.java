package io.showreel.selection.storyboard;

import static io.showreel.selection.storyboard.Campaigns.asking;
import static io.showreel.selection.storyboard.Campaigns.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.job.JobCommand.Photo;
import io.showreel.selection.photo.Album;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShortlistTest {

    private static final double SHARP = 100;
    private static final double BLURRED = 5;

    private final List<Photo> hall = group("Hall", 4);
    private final List<Photo> kitchen = group("Kitchen", 2);
    private final List<Photo> all =
            Stream.concat(hall.stream(), kitchen.stream()).toList();

    @Test
    void a_blurred_photo_is_left_out_while_there_are_enough_others() {
        var album = seen(SHARP, SHARP, SHARP, BLURRED).album();

        assertThat(names(Questions.of(asking(all, 2), album)))
                .containsExactly("Hall 1", "Hall 2", "Hall 3", "Kitchen 1", "Kitchen 2");
    }

    @Test
    void it_comes_back_when_the_scenes_need_it() {
        var album = seen(SHARP, SHARP, SHARP, BLURRED).album();

        var question = Questions.of(asking(all, 3), album);

        assertThat(names(question)).contains("Hall 4");
        assertThat(question.scenes()).isEqualTo(3);
    }

    @Test
    void it_comes_back_when_a_wanted_kind_of_scene_has_nothing_else() {
        var album = new Albums()
                .seen(hall.get(0), 0, SHARP)
                .seen(hall.get(1), 12, SHARP)
                .seen(kitchen.get(0), 30, SHARP)
                .seen(kitchen.get(1), 45, BLURRED)
                .album();

        assertThat(names(Questions.of(asking(all, 1), album))).doesNotContain("Kitchen 2");
        assertThat(names(Questions.of(asking(all, 1, "kitchen"), album))).contains("Kitchen 1", "Kitchen 2");
    }

    @Test
    void of_near_duplicates_one_is_left() {
        var album = new Albums()
                .seen(hall.get(0), 0, 90)
                .seen(hall.get(1), 2, SHARP)
                .seen(hall.get(2), 20, SHARP)
                .seen(hall.get(3), 22, 90)
                .album();

        assertThat(names(Questions.of(asking(hall, 1), album))).containsExactly("Hall 2", "Hall 3");
    }

    @Test
    void what_is_spoilt_never_comes_back() {
        var album = seen(SHARP, SHARP, SHARP, SHARP).spoilt(hall.get(3)).album();

        assertThat(names(Questions.of(asking(all, 20), album))).doesNotContain("Hall 4");
    }

    @Test
    void what_could_not_be_reached_is_used_only_where_it_is_needed() {
        var album = new Albums()
                .seen(hall.get(0), 0, SHARP)
                .seen(hall.get(1), 12, SHARP)
                .seen(hall.get(2), 24, SHARP)
                .album();

        assertThat(names(Questions.of(asking(hall, 1), album))).doesNotContain("Hall 4");
        assertThat(names(Questions.of(asking(hall, 2), album))).contains("Hall 4");
    }

    @Test
    void two_copies_of_one_picture_make_no_scene() {
        var album = Albums.walk(kitchen, 1);

        assertThat(Questions.of(asking(kitchen, 2), album).scenes()).isZero();
    }

    @Test
    void the_same_file_uploaded_twice_plays_once() {
        var twin = new Photo(
                UUID.randomUUID(), "Hall 9", List.of(), null, hall.get(0).object(), 1280, 720);
        var photos = Stream.concat(hall.stream(), Stream.of(twin)).toList();

        assertThat(names(Questions.of(asking(photos, 2), Albums.walk(hall, 12))))
                .containsOnlyOnce("Hall 1")
                .hasSize(4);
    }

    @Test
    void where_nothing_was_seen_only_what_is_gone_is_left_out_unless_everything_is() {
        var one = new Albums().spoilt(hall.get(3)).album();
        var all4 = new Albums();
        hall.forEach(all4::spoilt);

        assertThat(names(Questions.of(asking(hall, 2), one))).containsExactly("Hall 1", "Hall 2", "Hall 3");
        assertThat(names(Questions.of(asking(hall, 2), all4.album()))).hasSize(4);
    }

    @Test
    void without_an_album_every_photo_stays() {
        assertThat(names(Questions.of(asking(all, 1), Album.UNSEEN))).hasSize(6);
    }

    private Albums seen(double... sharpness) {
        var albums = new Albums();
        for (var i = 0; i < hall.size(); i++) {
            albums.seen(hall.get(i), 12 * i, sharpness[i]);
        }
        return albums.seen(kitchen.get(0), 50, SHARP, 1).seen(kitchen.get(1), 62, SHARP, 1);
    }

    private static List<String> names(Question question) {
        return question.groups().stream()
                .flatMap(group -> group.photos().stream())
                .map(numbered -> numbered.photo().name())
                .toList();
    }
}
