package io.showreel.selection.storyboard;

import static io.showreel.selection.storyboard.Campaigns.asking;
import static io.showreel.selection.storyboard.Campaigns.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.selection.storyboard.SimpleStoryboard.Cast;
import io.showreel.selection.storyboard.Storyteller.Scene;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleStoryboardTest {

    private final SceneTemplates templates = SceneTemplates.ofTheHouse();

    static IntStream all_scene_counts() {
        return IntStream.rangeClosed(2, 20);
    }

    @ParameterizedTest
    @MethodSource("all_scene_counts")
    void every_scene_count_is_served_from_photos_in_any_order(int scenes) {
        for (var seed = 0; seed < 10; seed++) {
            var photos = new ArrayList<>(Campaigns.sample());
            Collections.shuffle(photos, new Random(seed));
            var question = question(asking(photos, scenes));

            var casts = SimpleStoryboard.cast(question, templates);

            assertThat(Review.objections(question, asScenes(casts)))
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat(types(casts)).first().isEqualTo("hook");
            assertThat(types(casts)).last().isEqualTo("outro");
            assertThat(types(casts).subList(1, scenes - 1)).doesNotContain("hook", "outro");
        }
    }

    @Test
    void four_scenes_of_the_sample_lead_from_the_house_over_its_rooms_to_the_view() {
        var casts = SimpleStoryboard.cast(question(asking(Campaigns.sample(), 4)), templates);

        assertThat(types(casts)).containsExactly("hook", "living_room", "dining", "outro");
        assertThat(groups(casts)).containsExactly("Exterior 1", "Living Room 1", "Dining", "Mountain View 1");
    }

    @Test
    void what_was_seen_decides_between_groups_that_serve_alike() {
        var soft = group("Hall", 2);
        var sharp = group("Library", 2);
        var photos = Stream.of(group("Exterior", 2), soft, sharp, group("Sunset", 2))
                .flatMap(List::stream)
                .toList();
        var albums = new Albums();
        photos.forEach(
                photo -> albums.seen(photo, photo.name().endsWith("2") ? 12 : 0, 100, photos.indexOf(photo) / 2));
        albums.seen(soft.get(1), 60, 90, 1);

        var casts = SimpleStoryboard.cast(Questions.of(asking(photos, 3), albums.album()), templates);

        assertThat(groups(casts)).containsExactly("Exterior", "Library", "Sunset");
    }

    @Test
    void no_group_plays_twice_while_there_are_others() {
        var casts = SimpleStoryboard.cast(question(asking(Campaigns.sample(), 15)), templates);

        assertThat(groups(casts)).doesNotHaveDuplicates();
    }

    @Test
    void a_short_film_keeps_bedroom_and_living_room_before_the_rest_and_plays_them_in_order() {
        var photos = Stream.of("Tub", "Vanity", "Dining", "Living Room", "Bedroom", "Exterior", "View")
                .flatMap(name -> group(name, 2).stream())
                .toList();

        assertThat(types(SimpleStoryboard.cast(question(asking(photos, 3)), templates)))
                .containsExactly("hook", "bedroom", "outro");
        assertThat(types(SimpleStoryboard.cast(question(asking(photos, 4)), templates)))
                .containsExactly("hook", "bedroom", "living_room", "outro");
        assertThat(types(SimpleStoryboard.cast(question(asking(photos, 5)), templates)))
                .containsExactly("hook", "bedroom", "vanity", "living_room", "outro");
        assertThat(types(SimpleStoryboard.cast(question(asking(photos, 7)), templates)))
                .containsExactly("hook", "bedroom", "vanity", "tub", "living_room", "dining", "outro");
    }

    @Test
    void one_group_alone_serves_several_scenes() {
        var question = question(asking(group("Hall", 7), 4));

        var casts = SimpleStoryboard.cast(question, templates);

        assertThat(casts).hasSize(3);
        assertThat(Review.objections(question, asScenes(casts))).isEmpty();
    }

    @Test
    void two_photos_make_one_scene() {
        assertThat(types(SimpleStoryboard.cast(question(asking(group("Hall", 2), 4)), templates)))
                .containsExactly("hook");
    }

    @Test
    void a_pair_is_two_neighbours() {
        var question = question(asking(group("Hall", 4), 2));

        assertThat(SimpleStoryboard.cast(question, templates))
                .extracting(cast -> cast.first() + "-" + cast.last())
                .containsExactly("p1-p2", "p3-p4");
    }

    @Test
    void wanted_kinds_come_in_the_wanted_order_and_those_without_photos_are_left_out() {
        var casts = SimpleStoryboard.cast(
                question(asking(Campaigns.sample(), 6, "living_room", "kitchen", "exterior", "bathroom")), templates);

        assertThat(types(casts)).hasSize(6).isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(types(casts)).containsOnly("living_room", "exterior");
        assertThat(groups(casts)).doesNotHaveDuplicates().contains("Living Room 1", "Living Room 2");
    }

    @Test
    void a_room_of_its_own_kind_is_not_shown_as_any_interior() {
        var photos = Stream.of("Library", "Bedroom")
                .flatMap(name -> group(name, 2).stream())
                .toList();

        assertThat(SimpleStoryboard.cast(question(asking(photos, 2, "interior", "bedroom")), templates))
                .extracting(cast ->
                        cast.template().type() + "=" + cast.group().group().name())
                .containsExactly("interior=Library", "bedroom=Bedroom");
    }

    @Test
    void a_kind_that_nobody_described_finds_photos_by_its_own_name() {
        var photos = Stream.concat(group("Wine Cellar", 2).stream(), group("Hall", 2).stream())
                .toList();

        assertThat(groups(SimpleStoryboard.cast(question(asking(photos, 4, "wine_cellar")), templates)))
                .containsExactly("Wine Cellar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kitchen", "bathroom", "tub"})
    void wanted_kinds_that_no_photo_shows_make_no_scene(String type) {
        assertThat(SimpleStoryboard.cast(question(asking(Campaigns.sample(), 4, type)), templates))
                .extracting(cast -> cast.group().group().name())
                .isEmpty();
    }

    private Question question(SelectScenes command) {
        return Questions.of(command);
    }

    private static List<Scene> asScenes(List<Cast> casts) {
        return casts.stream()
                .map(cast ->
                        new Scene(cast.first(), cast.last(), cast.template().type(), null, null, null, null))
                .toList();
    }

    private static List<String> types(List<Cast> casts) {
        return casts.stream().map(cast -> cast.template().type()).toList();
    }

    private static List<String> groups(List<Cast> casts) {
        return casts.stream().map(cast -> cast.group().group().name()).toList();
    }
}
