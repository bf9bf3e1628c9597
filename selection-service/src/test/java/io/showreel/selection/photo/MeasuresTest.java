package io.showreel.selection.photo;

import static io.showreel.selection.photo.SamplePhotos.blurred;
import static io.showreel.selection.photo.SamplePhotos.lit;
import static io.showreel.selection.photo.SamplePhotos.measures;
import static io.showreel.selection.photo.SamplePhotos.photo;
import static io.showreel.selection.photo.SamplePhotos.scaled;
import static io.showreel.selection.photo.SamplePhotos.white;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuresTest {

    @ParameterizedTest
    @ValueSource(strings = {"Exterior 1 3", "Dining 2", "Forest Stream 4", "Living Room 2 2"})
    void a_photo_that_was_scaled_compressed_or_relit_is_nearly_the_same(String name) throws Exception {
        var original = measures(photo(name));

        assertThat(original.to(measures(scaled(photo(name), 800, 450))).isNearDuplicate())
                .isTrue();
        assertThat(original.to(measures(compressed(photo(name), 0.2f))).isNearDuplicate())
                .isTrue();
        assertThat(original.to(measures(lit(photo(name), 0.8f))).isNearDuplicate())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "Exterior 1 2, Exterior 1 4",
        "Showcase 1, Showcase 5",
        "Terrace 2, Terrace 3",
        "Mountain View 2 1, Mountain View 2 3"
    })
    void neighbouring_views_are_a_camera_move_apart(String one, String other) {
        var kinship = measures(photo(one)).to(measures(photo(other)));

        assertThat(kinship.isCameraMoveApart()).as(kinship.toString()).isTrue();
        assertThat(kinship.isNearDuplicate()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Garden 2 1, Exterior 1 1", "Dining 1, Mountain View 2 4", "Dining 1, Exterior 1 6"})
    void different_places_are_strange_to_each_other(String one, String other) {
        var kinship = measures(photo(one)).to(measures(photo(other)));

        assertThat(kinship.isStrange()).as(kinship.toString()).isTrue();
        assertThat(kinship.isCameraMoveApart()).isFalse();
    }

    @Test
    void no_two_photos_of_one_view_are_strange_to_each_other() {
        for (var group : new String[] {"Garden 2", "Living Room 2", "Studio", "Dining"}) {
            for (var i = 2; i <= 5; i++) {
                var kinship = measures(photo(group + " 1")).to(measures(photo(group + " " + i)));
                assertThat(kinship.isStrange())
                        .as("%s %d: %s", group, i, kinship)
                        .isFalse();
            }
        }
    }

    @Test
    void blur_takes_the_sharpness_and_darkness_the_brightness() {
        var original = measures(photo("Dining 1"));

        assertThat(measures(blurred(photo("Dining 1"))).sharpness()).isLessThan(0.2 * original.sharpness());
        assertThat(measures(lit(photo("Dining 1"), 0.2f)).brightness()).isLessThan(0.25 * original.brightness());
        assertThat(measures(white(640, 360)).blown()).isEqualTo(1);
    }

    private static BufferedImage compressed(BufferedImage image, float quality) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(Jpeg.of(image, quality)));
    }
}
