package io.showreel.selection.storyboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.job.JobCommand.Photo;
import io.showreel.selection.photo.Album;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {

    private static final List<Photo> HALL = List.of(Campaigns.photo("IMG_4711.jpg"), Campaigns.photo("IMG_4713.jpg"));
    private static final List<Photo> POOL = List.of(Campaigns.photo("IMG_4712.jpg"), Campaigns.photo("IMG_4714.jpg"));
    private static final List<Photo> CARD = List.of(HALL.getFirst(), POOL.getFirst(), HALL.getLast(), POOL.getLast());
    private static final Album SEEN = Albums.of(List.of(HALL, POOL));

    @Test
    void what_a_camera_numbered_is_told_apart_by_sight() {
        var places = Places.apart(PhotoGroups.of(CARD), SEEN, 2);

        assertThat(places).extracting(PhotoGroup::name).containsExactly("Place 1", "Place 2");
        assertThat(places).extracting(PhotoGroup::photos).containsExactly(HALL, POOL);
    }

    @Test
    void where_nobody_looked_the_card_stays_one_group() {
        assertThat(Places.apart(PhotoGroups.of(CARD), Album.UNSEEN, 2))
                .singleElement()
                .extracting(PhotoGroup::photos)
                .isEqualTo(CARD);
    }

    @Test
    void names_that_say_something_are_believed() {
        var named = PhotoGroups.of(Campaigns.sample());

        assertThat(Places.apart(named, SEEN, 4)).isEqualTo(named);
    }

    @Test
    void photos_that_lead_nowhere_are_taken_only_where_they_must() {
        var alone = List.of(Campaigns.photo("IMG_4800.jpg"), Campaigns.photo("IMG_4801.jpg"));
        var card = Stream.concat(CARD.stream(), alone.stream()).toList();

        assertThat(Places.apart(PhotoGroups.of(card), SEEN, 2)).hasSize(2);
        assertThat(Places.apart(PhotoGroups.of(card), SEEN, 3))
                .last()
                .extracting(PhotoGroup::photos)
                .isEqualTo(alone);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IMG_1.jpg",
                "DSC0001.JPG",
                "DSCF12.jpg",
                "PXL_20260101_101010123.jpg",
                "20260101_101010.jpg",
                "DJI_0042.jpg",
                "image-3.png",
                "Photo 7",
                "P1000123.JPG"
            })
    void cameras_names_are_known(String name) {
        var group = PhotoGroup.of(PhotoGroups.withoutTrailingNumber(name), HALL);

        assertThat(Places.apart(List.of(group), SEEN, 1))
                .extracting(PhotoGroup::name)
                .containsExactly("Place 1");
    }
}
