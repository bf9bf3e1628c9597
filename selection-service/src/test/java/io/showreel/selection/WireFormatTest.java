package io.showreel.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.Usd;
import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.contracts.job.JobType;
import io.showreel.contracts.storyboard.StoryboardEvent.ChosenScene;
import io.showreel.contracts.storyboard.StoryboardEvent.Effort;
import io.showreel.contracts.storyboard.StoryboardEvent.Origin;
import io.showreel.contracts.storyboard.StoryboardEvent.StoryboardSelected;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WireFormatTest {

    @Test
    void a_command_is_read_as_it_was_written_whatever_was_added_to_it() {
        var command = WireFormat.JSON.readValue("""
                {"job_id":42,"selection":2,"type":"image_pairs","added_later":true,
                 "campaign":{"id":"00000000-0000-4000-8000-000000000001",
                  "client_id":"00000000-0000-4000-8000-000000000002","name":"Mountain Retreat"},
                 "photos":[{"asset_id":"00000000-0000-4000-8000-000000000003","name":"Hall 1","tags":["Hall 1"],
                  "object":"s3://showreel/assets/a.jpg","width":1280,"height":720}],
                 "wish":{"scene_count":4,"clip_duration":"PT4S","aspect_ratio":"16:9","transition":"cut",
                  "scene_types":[]},
                 "configuration":{"version":3,"steps":{"image_selection":{"use_llm":false,"else":null}}}}
                """, SelectScenes.class);

        assertThat(command.type()).isEqualTo(JobType.IMAGE_PAIRS);
        assertThat(command.selection()).isEqualTo(2);
        assertThat(command.wish().clipDuration()).isEqualTo(Duration.ofSeconds(4));
        assertThat(command.photos().getFirst().description()).isNull();
        assertThat(command.configuration().steps().get("image_selection")).containsEntry("use_llm", false);
    }

    @Test
    void an_event_is_written_in_the_words_of_the_wire() {
        var first = new UUID(0, 1);
        var last = new UUID(0, 2);
        var scene = new ChosenScene(
                "T", null, "P", "hook", "Hall", Duration.ofSeconds(4), "cut", first, last, 0.5, null, List.of());
        var event = new StoryboardSelected(
                42, 2, List.of(scene), Origin.FALLBACK, null, new Effort(null, 0, 0, Usd.ZERO, "Why."));

        assertThat(WireFormat.JSON.readTree(WireFormat.JSON.writeValueAsBytes(event)))
                .isEqualTo(WireFormat.JSON.readTree("""
                {"job_id":42,"selection":2,"origin":"fallback",
                 "scenes":[{"title":"T","prompt":"P","scene_type":"hook","group_name":"Hall","duration":"PT4S",
                  "transition":"cut","first_asset_id":"00000000-0000-0000-0000-000000000001",
                  "last_asset_id":"00000000-0000-0000-0000-000000000002","score":0.5,"alternates":[]}],
                 "effort":{"prompt_tokens":0,"completion_tokens":0,"cost":"0.0000","note":"Why."}}
                """));
    }

    @Test
    void a_type_is_named_after_its_record() {
        assertThat(WireFormat.type(StoryboardSelected.class)).isEqualTo("storyboard_selected.v1");
        assertThat(WireFormat.type(SelectScenes.class)).isEqualTo("select_scenes.v1");
    }
}
