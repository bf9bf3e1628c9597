package io.showreel.selection.storyboard;

import static io.showreel.selection.storyboard.Campaigns.photo;
import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.job.JobCommand.Photo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhotoGroupsTest {

    @Test
    void the_sample_campaign_has_fifteen_groups_of_84_photos() {
        var groups = PhotoGroups.of(Campaigns.sample());

        assertThat(groups).hasSize(15);
        assertThat(groups)
                .extracting(PhotoGroup::name)
                .contains("Showcase", "Exterior 1", "Exterior 2", "Mountain View 2", "Forest Stream", "Dining");
        assertThat(groups.stream().flatMap(group -> group.photos().stream())).hasSize(84);
    }

    @Test
    void the_tag_counts_more_than_the_name() {
        var groups = PhotoGroups.of(List.of(photo("DSC 17", "Kitchen 1"), photo("DSC 99", "Kitchen 2")));

        assertThat(groups).extracting(PhotoGroup::name).containsExactly("Kitchen");
    }

    @Test
    void where_the_tag_makes_no_group_the_name_does() {
        var groups = PhotoGroups.of(List.of(photo("Hall 1", "cosy"), photo("Hall 2", "bright"), photo("Hall 3")));

        assertThat(groups).extracting(PhotoGroup::name).containsExactly("Hall");
        assertThat(groups.getFirst().photos()).extracting(Photo::name).containsExactly("Hall 1", "Hall 2", "Hall 3");
    }

    @Test
    void groups_under_two_photos_are_left_out() {
        assertThat(PhotoGroups.of(List.of(photo("Hall 1"), photo("Roof 1"), photo("Roof 2"))))
                .extracting(PhotoGroup::name)
                .containsExactly("Roof");
    }

    @Test
    void the_same_photo_twice_is_one_photo() {
        assertThat(PhotoGroups.of(List.of(photo("Hall 1"), photo("Hall 1")))).isEmpty();
    }

    @Test
    void photos_with_nothing_but_numbers_belong_together() {
        assertThat(PhotoGroups.of(List.of(photo("1.jpg"), photo("2.jpg"))))
                .extracting(PhotoGroup::name)
                .containsExactly("Photos");
    }

    @ParameterizedTest
    @CsvSource({
        "Exterior 1 3, Exterior 1",
        "exterior-1-3.jpg, exterior 1",
        "Exterior_1 (3).JPEG, Exterior 1",
        "Kitchen #2, Kitchen",
        "Kitchen, Kitchen",
        "IMG_2041.HEIC, IMG"
    })
    void the_trailing_number_goes_and_the_rest_stays(String name, String group) {
        assertThat(PhotoGroups.withoutTrailingNumber(name)).isEqualTo(group);
    }
}
