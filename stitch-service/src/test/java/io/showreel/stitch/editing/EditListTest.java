package io.showreel.stitch.editing;

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
import io.showreel.stitch.editing.EditList.Kind;
import io.showreel.stitch.editing.EditList.Track;
import io.showreel.stitch.editing.EditList.Voice;
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
                .containsExactly("texts", "sync");
    }

    @Test
    void what_two_shots_share_in_a_transition_counts_once() {
        var edits = EditList.of(plan(MIX, "dissolve", null), settled());

        assertThat(edits.shots()).extracting(shot -> shot.into().frames()).containsExactly(0, 12, 12);
        assertThat(edits.frames()).isEqualTo(3 * 61 - 2 * 12);
        assertThat(edits.startOf(2)).isEqualTo(2 * 61 - 2 * 12);
        assertThat(edits.voices()).containsExactly(new Voice(new Track(object(13), false), 2 * 61 - 2 * 12));
    }

    @Test
    void a_transition_into_a_scene_that_follows_a_missing_one_stays() {
        var edits = EditList.of(plan(null, "wipe", null), settled(1));

        assertThat(edits.shots()).extracting(shot -> shot.into().kind()).containsExactly(Kind.CUT, Kind.WIPE);
    }

    @Test
    void a_transition_takes_at_most_half_of_a_shot() {
        var scenes = List.of(finished(1, 1000, "cut", 0), finished(2, 250, "slide", 2000));
        var plan = new Plan(plan(null, "cut", null).takes(), new Finish("16:9", scenes, null));

        assertThat(EditList.of(plan, settled()).shots().getLast().into())
                .isEqualTo(new EditList.Transition(Kind.SLIDE, 3));
    }

    @Test
    void an_unknown_kind_of_transition_is_a_cut() {
        assertThat(EditList.of(plan(null, "star wipe", null), settled()).hasTransitions())
                .isFalse();
    }

    private static FinishedScene finished(int number, int millis, String transition, int shared) {
        return new FinishedScene(
                scene(number),
                take(number),
                "Scene " + number,
                Duration.ofMillis(millis),
                new Transition(transition, Duration.ofMillis(shared)),
                null);
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
