package io.showreel.selection.storyboard;

import static io.showreel.selection.storyboard.Campaigns.asking;
import static io.showreel.selection.storyboard.Campaigns.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.job.JobCommand.Photo;
import io.showreel.selection.storyboard.Question.Numbered;
import io.showreel.selection.storyboard.Storyteller.Scene;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReviewTest {

    /** p1 to p4 are the hall, p5 to p8 the roof. */
    private static final List<Photo> PHOTOS =
            Stream.concat(group("Hall", 4).stream(), group("Roof", 4).stream()).toList();

    private final Question two = Questions.of(asking(PHOTOS, 2));
    private final Question wanted = Questions.of(asking(PHOTOS, 2, "interior", "exterior"));

    @Test
    void a_sound_story_meets_no_objection() {
        assertThat(Review.objections(two, List.of(scene("p1", "p4"), scene("p7", "p6"))))
                .isEmpty();
    }

    @Test
    void too_few_and_too_many_scenes_are_told() {
        assertThat(Review.objections(two, List.of(scene("p1", "p2"))))
                .containsExactly("There must be 2 scenes, not 1.");
        assertThat(Review.objections(two, List.of(scene("p1", "p2"), scene("p3", "p4"), scene("p5", "p6"))))
                .containsExactly("There must be 2 scenes, not 3.");
    }

    @Test
    void an_invented_photo_is_told() {
        assertThat(Review.objections(two, List.of(scene("p1", "p2"), scene("p5", "p99"))))
                .containsExactly("Scene 2: there is no photo p99.");
    }

    @Test
    void a_scene_from_a_photo_to_itself_is_told_once() {
        assertThat(Review.objections(two, List.of(scene("p1", "p1"), scene("p5", "p6"))))
                .containsExactly("Scene 1: first and last are the same photo p1.");
    }

    @Test
    void a_scene_across_groups_is_told() {
        assertThat(Review.objections(two, List.of(scene("p1", "p5"), scene("p2", "p3"))))
                .containsExactly("Scene 1: p1 and p5 are of different groups.");
    }

    @Test
    void a_photo_used_twice_is_told() {
        assertThat(Review.objections(two, List.of(scene("p1", "p2"), scene("p2", "p3"))))
                .containsExactly("Scene 2: photo p2 is used by an earlier scene.");
    }

    @Test
    void a_kind_outside_the_wanted_ones_is_told() {
        assertThat(Review.objections(wanted, List.of(scene("p1", "p2", "interior"), scene("p5", "p6", "kitchen"))))
                .containsExactly("Scene 2: scene_type must be one of interior, exterior, not kitchen.");
    }

    @Test
    void wanted_kinds_may_be_fewer_but_never_none() {
        assertThat(Review.objections(wanted, List.of(scene("p5", "p6", "exterior"))))
                .isEmpty();
        assertThat(Review.objections(wanted, List.of())).containsExactly("There must be 2 scenes, not 0.");
    }

    @Test
    void two_pictures_that_are_nearly_the_same_are_told() {
        var hall = group("Hall", 2);
        var hidden = new Question.Group(
                PhotoGroup.of("Hall", hall),
                List.of(new Numbered("p1", hall.get(0)), new Numbered("p2", hall.get(1))),
                List.of());
        var question = new Question(asking(hall, 1), List.of(hidden), List.of(), 1, Albums.walk(hall, 2));

        assertThat(Review.objections(question, List.of(scene("p1", "p2"))))
                .containsExactly("Scene 1: p1 and p2 are nearly the same picture, with no camera move between them.");
    }

    @Test
    void two_places_in_one_group_are_told() {
        var hall = group("Hall", 4);
        var album = new Albums()
                .seen(hall.get(0), 0, 100, 0)
                .seen(hall.get(1), 12, 100, 0)
                .seen(hall.get(2), 60, 100, 42)
                .seen(hall.get(3), 48, 100, 42)
                .album();

        assertThat(Review.objections(Questions.of(asking(hall, 1), album), List.of(scene("p1", "p3"))))
                .containsExactly("Scene 1: p1 and p3 show different places.");
    }

    private static Scene scene(String first, String last) {
        return new Scene(first, last, null, "Title", null, null, null);
    }

    private static Scene scene(String first, String last, String type) {
        return new Scene(first, last, type, "Title", null, null, null);
    }
}
