package io.showreel.stitch.cutting;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.scene.SceneRequest.Finish;
import io.showreel.contracts.scene.SceneRequest.FinishedScene;
import io.showreel.contracts.scene.SceneRequest.Mix;
import io.showreel.contracts.scene.SceneRequest.TextOverlay;
import io.showreel.contracts.scene.SceneRequest.Transition;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.stitch.assembly.Outcome;
import io.showreel.stitch.assembly.Plan;
import io.showreel.stitch.assembly.Plan.PlannedTake;
import io.showreel.stitch.cutting.EditList.Track;
import io.showreel.stitch.cutting.EditList.Voice;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EditListTest {

    private static final Mix MIX = new Mix(Duration.ofMillis(1500), "trim");

    @Test
    void scenes_keep_the_order_of_the_plan_and_lost_ones_are_named() {
        var edits = EditList.of(plan(null, "cut", null), settled(2));

        assertThat(edits.shots()).extracting(EditList.Shot::sceneId).containsExactly(scene(1), scene(3));
        assertThat(edits.missingScenes()).containsExactly(scene(2));
        assertThat(edits.frames()).isEqualTo(61 + 61);
        assertThat(edits.length()).isEqualTo(Duration.ofMillis(5083));
    }

    @Test
    void a_voice_begins_with_its_scene_in_the_film_as_it_is() {
        var edits = EditList.of(plan(MIX, "cut", null), settled(2));

        assertThat(edits.voices()).containsExactly(new Voice(new Track(object(13), false), 61));
        assertThat(edits.music()).isEqualTo(new Track(object(20), true));
        assertThat(edits.material()).containsExactly(object(1), object(3), object(20), object(13));
    }

    @Test
    void the_voice_of_a_missing_scene_is_not_heard() {
        assertThat(EditList.of(plan(MIX, "cut", null), settled(3)).voices()).isEmpty();
    }

    @Test
    void without_a_mix_the_film_is_silent() {
        var edits = EditList.of(plan(null, "cut", null), settled());

        assertThat(edits.music()).isNull();
        assertThat(edits.voices()).isEmpty();
    }

    @Test
    void what_is_left_out_is_said() {
        var text = new TextOverlay("Welcome", Map.of());

        assertThat(EditList.of(plan(MIX, "cut", null), settled()).wishes()).isEmpty();
        assertThat(EditList.of(plan(new Mix(Duration.ZERO, "stretch"), "fade", text), settled())
                        .wishes())
                .containsExactly("transitions", "texts", "sync");
    }

    private static Plan plan(@Nullable Mix mix, String transition, @Nullable TextOverlay text) {
        var scenes = List.of(1, 2, 3).stream()
                .map(number -> new FinishedScene(
                        scene(number),
                        take(number),
                        "Scene " + number,
                        Duration.ofMillis(2540),
                        new Transition(transition, Duration.ofMillis(500)),
                        text))
                .toList();
        return new Plan(
                List.of(
                        new PlannedTake(take(1), TakeKind.CLIP, scene(1), true),
                        new PlannedTake(take(2), TakeKind.CLIP, scene(2), false),
                        new PlannedTake(take(3), TakeKind.CLIP, scene(3), false),
                        new PlannedTake(take(13), TakeKind.SPEECH, scene(3), false),
                        new PlannedTake(take(20), TakeKind.MUSIC, null, true)),
                new Finish("16:9", scenes, mix));
    }

    private static Map<UUID, Outcome> settled(int... lost) {
        var settled = new HashMap<UUID, Outcome>();
        for (int number : new int[] {1, 2, 3, 13, 20}) {
            settled.put(take(number), Outcome.rendered(object(number)));
        }
        for (int number : lost) {
            settled.put(take(number), Outcome.MISSING);
        }
        return settled;
    }

    private static UUID take(int number) {
        return new UUID(2, number);
    }

    private static UUID scene(int number) {
        return new UUID(1, number);
    }

    private static URI object(int number) {
        return URI.create("s3://b/takes/" + number);
    }
}
