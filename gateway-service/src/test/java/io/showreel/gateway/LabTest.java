package io.showreel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.messaging.WireJson;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The testing tools, as far as the gateway answers or passes them on. */
class LabTest {

    private static final String TESTING = "/api/v3/testing";
    private static final UUID CLIENT = UUID.randomUUID();
    private static final Neighbourhood neighbours = Installation.shared().neighbours;
    private static final RunningGateway gateway = Installation.shared().gateway;

    @Test
    void what_selection_service_knows_is_asked_of_it() {
        for (var tool : new String[] {"/scene-templates/adapt", "/prompt-preview", "/voiceover/script"}) {
            var answer = gateway.post(TESTING + tool, "{\"scene_count\": 3}");

            assertThat(answer.json().path("answered").asString()).isEqualTo("/internal/testing" + tool);
            assertThat(neighbours.last("/internal/testing" + tool).body()).isEqualTo("{\"scene_count\": 3}");
            assertThat(answer.response().headers().allValues("X-Request-Id")).hasSize(1);
        }
        assertThat(gateway.get(TESTING + "/scene-templates")
                        .json()
                        .path("answered")
                        .asString())
                .isEqualTo("/internal/testing/scene-templates");
        assertThat(gateway.get("/internal/testing/scene-templates").status()).isEqualTo(404);
    }

    @Test
    void campaigns_and_their_assets_are_listed_with_success() {
        var campaigns = gateway.get(TESTING + "/campaigns?client_id=1", "X-Showreel-Key", "forged");

        assertThat(campaigns.toString()).startsWith("200 {\"success\":true,\"answered\":\"/api/v3/campaigns\"");
        assertThat(neighbours.last("/api/v3/campaigns").headers()).containsEntry("X-Showreel-Key", "open");
        assertThat(gateway.get(TESTING + "/campaigns/7/assets").toString())
                .startsWith("200 {\"success\":true,\"answered\":\"/api/v3/campaigns/7/assets\"");
        assertThat(gateway.post(TESTING + "/campaigns", "{}").status()).isEqualTo(404);
    }

    @Test
    void a_tried_selection_is_asked_as_a_job_would_ask_and_makes_no_job() {
        var campaign = neighbours.campaign(CLIENT, 4);
        neighbours.answer("/internal/testing/image-selection", 200, """
                {"success": true, "storyboard": {"job_id": 0, "selection": 1, "origin": "fallback", "music": "calm piano",
                 "scenes": [{"title": "Arrival", "prompt": "a dolly", "scene_type": "hook", "duration": "PT4S",
                             "transition": "cut", "first_asset_id": "%1$s", "last_asset_id": "%2$s", "score": 0.5,
                             "reason": "sharp", "alternates": []}],
                 "effort": {"prompt_tokens": 0, "completion_tokens": 0, "cost": "0.0000", "note": "no key"}}}
                """.formatted(new UUID(0, 1), new UUID(0, 2)));

        var answer = gateway.post(
                TESTING + "/image-selection",
                "{\"campaign_id\": \"%s\", \"scene_count\": 2, \"brief\": \"more water\"}".formatted(campaign));

        assertThat(answer.toString()).startsWith("200 {\"success\":true,");
        var scene = answer.json().path("scenes").path(0);
        assertThat(scene.path("asset_ids").path(1).asString()).isEqualTo(new UUID(0, 2).toString());
        assertThat(scene.path("duration").asInt()).isEqualTo(4);
        assertThat(answer.json().path("note").asString()).isEqualTo("no key");
        var asked = WireJson.mapper()
                .readValue(neighbours.last("/internal/testing/image-selection").body(), SelectScenes.class);
        assertThat(asked.campaign().brief()).isEqualTo("more water");
        assertThat(asked.photos()).hasSize(4);
        assertThat(asked.wish().sceneCount()).isEqualTo(2);
        assertThat(gateway.get("/api/v3/jobs?campaign_id=" + campaign)
                        .json()
                        .path("meta")
                        .path("total")
                        .asInt())
                .isZero();
    }

    @Test
    void a_selection_that_can_not_be_tried_says_why() {
        neighbours.answer("/internal/testing/image-selection", 422, """
                {"status": 422, "error": {"code": "no_pairs", "message": "No two photos belong together.", "details": {}}}
                """);

        var refused = gateway.post(
                TESTING + "/image-selection", "{\"campaign_id\": \"%s\"}".formatted(neighbours.campaign(CLIENT, 2)));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("no_pairs");
        assertThat(gateway.post(
                                TESTING + "/image-selection",
                                "{\"campaign_id\": \"%s\"}".formatted(neighbours.campaign(CLIENT, 1)))
                        .code())
                .isEqualTo("no_assets");
        assertThat(gateway.post(TESTING + "/image-selection", "{\"campaign_id\": \"%s\"}".formatted(UUID.randomUUID()))
                        .status())
                .isEqualTo(404);
        assertThat(gateway.post(TESTING + "/image-selection", "{}").code()).isEqualTo("validation_failed");
    }

    @Test
    void a_job_is_previewed_with_pictures() {
        var campaign = neighbours.campaign(CLIENT, 4);
        long id = gateway.post(
                        "/api/v3/campaigns/" + campaign + "/create-job", "{\"num_scenes\": 2}", "Prefer", "wait=0")
                .json()
                .path("data")
                .path("job_id")
                .asLong();
        var path = TESTING + "/jobs/" + id + "/preview";
        assertThat(gateway.get(path).toString()).startsWith("200 {\"success\":true,");
        assertThat(gateway.get(path).json().path("scenes").isEmpty()).isTrue();
        Installation.shared().others.select(id);

        var preview = await().until(
                        () -> gateway.get(path).json(),
                        shown -> shown.path("scenes").size() == 2);

        assertThat(preview.path("total_duration").asInt()).isEqualTo(8);
        assertThat(preview.path("scenes").path(1).path("starts_at").asInt()).isEqualTo(4);
        assertThat(preview.path("scenes").path(0).path("first_photo_url").asString())
                .isEqualTo("/api/v3/assets/%s/thumbnail?v=%064d".formatted(new UUID(0, 1), 1));
        assertThat(gateway.get(TESTING + "/jobs/999999999/preview").status()).isEqualTo(404);
    }

    @Test
    void all_of_it_can_be_switched_off() {
        try (var plain = Installation.shared().start(Map.of("showreel.testing.enabled", "false"))) {
            assertThat(plain.get(TESTING + "/scene-templates").status()).isEqualTo(404);
            assertThat(plain.get(TESTING + "/campaigns").status()).isEqualTo(404);
            assertThat(plain.get(TESTING + "/jobs/1/preview").status()).isEqualTo(404);
            assertThat(plain.post(TESTING + "/image-selection", "{}").status()).isEqualTo(404);
            assertThat(plain.get(TESTING + "/pipeline/config").status()).isEqualTo(404);
        }
    }
}
