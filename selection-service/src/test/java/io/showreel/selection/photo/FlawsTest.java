package io.showreel.selection.photo;

import static io.showreel.selection.photo.SamplePhotos.blurred;
import static io.showreel.selection.photo.SamplePhotos.lit;
import static io.showreel.selection.photo.SamplePhotos.measures;
import static io.showreel.selection.photo.SamplePhotos.photo;
import static io.showreel.selection.photo.SamplePhotos.scaled;
import static io.showreel.selection.photo.SamplePhotos.white;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlawsTest {

    private final Map<URI, Measures> dining = new LinkedHashMap<>();
    private final Map<URI, Measures> exterior = new LinkedHashMap<>();

    FlawsTest() {
        for (var i = 1; i <= 4; i++) {
            add(dining, "dining-" + i, photo("Dining " + i));
        }
        for (var name : List.of("1", "4", "6")) {
            add(exterior, "exterior-" + name, photo("Exterior 1 " + name));
        }
    }

    @Test
    void good_photos_have_no_flaws() {
        assertThat(flaws()).isEmpty();
    }

    @Test
    void each_kind_of_bad_photo_is_found_and_no_other() {
        add(dining, "blurred", blurred(photo("Dining 5")));
        add(dining, "dark", lit(photo("Dining 6"), 0.2f));
        add(dining, "tiny", scaled(photo("Living Room 1 2"), 320, 180));
        add(exterior, "white", white(1280, 720));

        var flaws = flaws();

        assertThat(flaws.keySet()).containsExactlyInAnyOrder(uri("blurred"), uri("dark"), uri("tiny"), uri("white"));
        assertThat(flaws.get(uri("blurred"))).containsExactly(Flaw.BLURRED);
        assertThat(flaws.get(uri("dark"))).contains(Flaw.DARK);
        assertThat(flaws.get(uri("tiny"))).contains(Flaw.TINY);
        assertThat(flaws.get(uri("white"))).contains(Flaw.BLOWN_OUT);
    }

    @Test
    void of_two_that_are_nearly_the_same_the_sharper_one_stays() {
        add(dining, "softer", scaled(scaled(photo("Dining 1"), 500, 281), 1280, 720));

        var flaws = flaws();

        assertThat(flaws).containsOnlyKeys(uri("softer"));
        assertThat(flaws.get(uri("softer"))).contains(Flaw.NEAR_DUPLICATE);
    }

    @Test
    void the_same_picture_in_another_group_is_a_duplicate_too() {
        add(exterior, "copy", scaled(scaled(photo("Dining 1"), 640, 360), 1280, 720));

        assertThat(flaws()).containsEntry(uri("copy"), Set.of(Flaw.NEAR_DUPLICATE));
    }

    @Test
    void a_soft_view_is_not_blurred_where_every_photo_of_it_is_soft() {
        var fog = new LinkedHashMap<URI, Measures>();
        add(fog, "fog-1", photo("Garden 2 1"));
        add(fog, "fog-2", photo("Garden 2 2"));

        assertThat(Flaws.in(List.of(dining, exterior, fog))).isEmpty();
    }

    private Map<URI, Set<Flaw>> flaws() {
        return Flaws.in(List.of(dining, exterior));
    }

    private static void add(Map<URI, Measures> group, String name, BufferedImage image) {
        group.put(uri(name), measures(image));
    }

    private static URI uri(String name) {
        return URI.create("s3://showreel/assets/" + name);
    }
}
