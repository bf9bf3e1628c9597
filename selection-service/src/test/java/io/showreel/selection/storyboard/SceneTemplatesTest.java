package io.showreel.selection.storyboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.selection.storyboard.SceneTemplate.Occasion;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SceneTemplatesTest {

    private final SceneTemplates templates = SceneTemplates.ofTheHouse();

    @Test
    void there_are_seven_in_order() {
        assertThat(templates.templates())
                .extracting(SceneTemplate::type)
                .containsExactly("hook", "bedroom", "vanity", "tub", "living_room", "dining", "outro");
        assertThat(templates.templates()).extracting(SceneTemplate::order).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void every_room_is_shot_like_a_template() {
        assertThat(templates.rooms()).allSatisfy(room -> assertThat(templates.templates())
                .extracting(SceneTemplate::type)
                .contains(room.template()));
    }

    @Test
    void every_prompt_speaks_of_its_subject_and_fits() {
        var group = PhotoGroup.of("Living Room 2", Campaigns.group("Living Room", 2));
        var occasion = new Occasion(group.subject(), "Mountain Retreat", "words ".repeat(1000), "Warm");

        assertThat(Stream.concat(templates.templates().stream(), Stream.of(templates.feature())))
                .allSatisfy(template -> {
                    var prompt = ScenePrompt.of(template, occasion);
                    assertThat(prompt)
                            .contains("the living room at Mountain Retreat", template.cameraMovement(), "Style: warm.")
                            .doesNotContain("{subject}")
                            .contains("no lettering")
                            .hasSizeLessThanOrEqualTo(ScenePrompt.LONGEST);
                });
    }
}
