package io.showreel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.gateway.RunningGateway.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipelineTest {

    private static final String CONFIG = "/api/v3/testing/pipeline/config";
    private static final UUID CLIENT = UUID.randomUUID();
    private static final Neighbourhood neighbours = Installation.shared().neighbours;
    private static final OtherServices others = Installation.shared().others;
    private static final RunningGateway gateway = Installation.shared().gateway;
    private static final RunningGateway replica = Installation.shared().replica;

    @AfterEach
    void give_back_what_is_built_in() {
        gateway.post(CONFIG, """
                {"scene_generation": null, "image_selection": null, "video_rendering": null, "music_generation": null}
                """);
    }

    @Test
    void a_change_applies_to_the_next_job_wherever_it_is_ordered() {
        long before = create("{}");
        var changed = gateway.post(CONFIG, """
                {"scene_generation": {"default_scene_count": 3},
                 "image_selection": {"use_llm": false},
                 "video_rendering": {"model": "kwaivgi/kling-v2.1"},
                 "music_generation": {"enabled": true, "fade_duration": 3}}
                """);
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.toString()).startsWith("200 {\"success\":true,");
        long version = changed.json().path("version").asLong();

        var shown = replica.get(CONFIG).json();
        assertThat(shown.path("version").asLong()).isEqualTo(version);
        assertThat(shown.path("changed_by").asString()).isEqualTo("open");
        assertThat(shown.path("config").path("scene_generation").path("use_ai").asBoolean())
                .isTrue();
        long after = create("{\"clip_duration\": 5, \"auto_approve\": true}");
        var asked = others.select(after);
        assertThat(asked.wish().sceneCount()).isEqualTo(3);
        assertThat(asked.configuration().version()).isEqualTo(version);
        assertThat(asked.configuration().steps().get("image_selection"))
                .isEqualTo(Map.of("enabled", true, "use_llm", false, "fallback_to_simple", true));
        var cut = others.expect(after, CutRequested.class, 1);
        assertThat(cut.configuration()).isEqualTo(asked.configuration());
        assertThat(cut.takes())
                .filteredOn(take -> take.input().kind() == TakeKind.CLIP)
                .hasSize(3)
                .allSatisfy(take -> assertThat(take.input().model()).isEqualTo("kwaivgi/kling-v2.1"));
        assertThat(cut.takes())
                .filteredOn(take -> take.input().kind() == TakeKind.MUSIC)
                .hasSize(1);
        assertThat(cut.finish().mix().fade()).isEqualTo(Duration.ofSeconds(3));
        var earlier = others.expect(before, SelectScenes.class, 1);
        assertThat(earlier.wish().sceneCount()).isEqualTo(4);
        assertThat(earlier.configuration().version()).isLessThan(version);
    }

    @Test
    void what_a_job_says_itself_counts_more() {
        gateway.post(
                CONFIG,
                "{\"scene_generation\": {\"default_scene_count\": 7}, \"music_generation\": {\"enabled\": true}}");

        long id = create("{\"num_scenes\": 2, \"music\": false, \"auto_approve\": true}");

        assertThat(others.select(id).wish().sceneCount()).isEqualTo(2);
        assertThat(others.expect(id, CutRequested.class, 1).takes()).hasSize(2);
    }

    @Test
    void anything_that_could_not_be_done_is_refused_by_its_name_and_changes_nothing() {
        var before = gateway.get(CONFIG).json();

        assertThat(details("{\"colour_grading\": {\"enabled\": true}}")).contains("colour_grading");
        assertThat(details("{\"image_selection\": {\"use_lm\": true}}")).contains("image_selection.use_lm");
        assertThat(details("{\"image_selection\": {\"use_llm\": \"yes\"}}")).contains("image_selection.use_llm");
        assertThat(details("{\"image_selection\": 5}")).contains("image_selection");
        assertThat(details("{\"scene_generation\": {\"default_scene_count\": 21}}"))
                .contains("scene_generation.default_scene_count");
        assertThat(details("{\"video_rendering\": {\"model\": \"nobody/nothing\"}}"))
                .contains("video_rendering.model", "unknown");
        assertThat(details("{\"voiceover\": {\"enabled\": true}, \"avatar_overlay\": {\"enabled\": true}}"))
                .contains("voiceover.enabled", "avatar_overlay.enabled");
        assertThat(details("{\"video_stitching\": {\"enabled\": false}}")).contains("no film without it");
        assertThat(gateway.post(CONFIG, "[]").status()).isEqualTo(422);

        assertThat(gateway.get(CONFIG).json()).isEqualTo(before);
    }

    @Test
    void a_null_gives_back_what_is_built_in() {
        gateway.post(CONFIG, "{\"scene_generation\": {\"default_scene_count\": 9, \"use_ai\": false}}");

        var answer = gateway.post(CONFIG, "{\"scene_generation\": {\"default_scene_count\": null}}");

        var step = answer.json().path("config").path("scene_generation");
        assertThat(step.path("default_scene_count").asInt()).isEqualTo(4);
        assertThat(step.path("use_ai").asBoolean()).isFalse();
    }

    @Test
    void the_tools_can_be_switched_off() {
        try (var plain = Installation.shared().start(Map.of("showreel.testing.enabled", "false"))) {
            assertThat(plain.get(CONFIG).status()).isEqualTo(404);
            assertThat(plain.post(CONFIG, "{}").status()).isEqualTo(404);
        }
    }

    private static String details(String change) {
        var answer = gateway.post(CONFIG, change);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("validation_failed");
        return answer.json().path("error").path("details").toString();
    }

    private static long create(String body) {
        Answer created = replica.post(
                "/api/v3/campaigns/" + neighbours.campaign(CLIENT, 8) + "/create-job", body, "Prefer", "wait=0");
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.json().path("data").path("job_id").asLong();
    }
}
