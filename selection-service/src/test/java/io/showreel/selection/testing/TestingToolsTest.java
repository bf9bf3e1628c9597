package io.showreel.selection.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.embedded.KafkaServer;
import io.showreel.sandbox.Sandbox;
import io.showreel.sandbox.Settings;
import io.showreel.selection.SelectionApplication;
import io.showreel.selection.WireFormat;
import io.showreel.selection.storyboard.Campaigns;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Over HTTP, as the gateway asks, with the sandbox for Grok. */
class TestingToolsTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private static Path folder;

    private static Sandbox sandbox;
    private static ConfigurableApplicationContext service;
    private static HttpClient http;

    private record Answer(int status, JsonNode body) {}

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(Settings.in(folder).withKeys(Set.of("key")));
        service = new SpringApplicationBuilder(SelectionApplication.class)
                .run(
                        "--spring.kafka.bootstrap-servers="
                                + KafkaServer.shared().bootstrapServers(),
                        "--server.port=0",
                        "--selection.look=false",
                        "--selection.xai.key=key",
                        "--selection.xai.url=" + sandbox.apiUrl());
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        service.close();
        sandbox.close();
    }

    @Test
    void the_seven_templates_are_shown_with_prompts_criteria_and_music() throws Exception {
        var answer = get("/scene-templates");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("success").booleanValue()).isTrue();
        assertThat(answer.body().path("templates").valueStream().map(template -> template.path("type")
                        .stringValue()))
                .containsExactly("hook", "bedroom", "vanity", "tub", "living_room", "dining", "outro");
        assertThat(answer.body().path("templates").valueStream()).allSatisfy(template -> {
            assertThat(template.path("title").stringValue()).isNotBlank();
            assertThat(template.path("camera_movement").stringValue()).isNotBlank();
            assertThat(template.path("video_prompt").stringValue()).isNotBlank();
            assertThat(template.path("asset_criteria").path("scene_types")).isNotEmpty();
            assertThat(template.path("asset_criteria").path("keywords")).isNotEmpty();
            assertThat(template.path("asset_criteria").path("preferred_tags")).isNotEmpty();
            assertThat(template.path("music").path("description").stringValue()).isNotBlank();
            assertThat(template.path("music").path("style").stringValue()).isNotBlank();
            assertThat(template.path("music").path("energy").stringValue()).isNotBlank();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                {"scene_count": 2}                                                     | hook outro
                {"scene_count": 4}                                                     | hook bedroom living_room outro
                {"scene_count": 5, "available_scene_types": ["dining", "tub"]}         | hook tub dining outro
                {"scene_count": 4, "available_scene_types": ["bathroom", "exterior"]}  | hook vanity tub outro
                {"scene_count": 20}                          | hook bedroom vanity tub living_room dining outro
                """)
    void a_shorter_film_keeps_hook_and_outro_and_what_matters_most(String asked, String types) throws Exception {
        var answer = post("/scene-templates/adapt", asked);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("scenes").valueStream().map(scene -> scene.path("type")
                        .stringValue()))
                .containsExactly(types.split(" "));
    }

    @Test
    void durations_are_scaled_to_the_film() throws Exception {
        var answer = post("/scene-templates/adapt", "{\"scene_count\": 7, \"duration_seconds\": 30}");

        assertThat(answer.body().path("scenes").valueStream().map(scene -> scene.path("duration")
                        .doubleValue()))
                .containsOnly(4.3);
        assertThat(answer.body().path("total_duration").doubleValue()).isEqualTo(30.1);
    }

    @Test
    void a_prompt_can_be_seen_before_anything_is_paid() throws Exception {
        var video = post(
                "/prompt-preview",
                "{\"scene_type\": \"living_room\", \"for\": \"video\", \"campaign_name\": \"Mountain Retreat\"}");
        var music = post("/prompt-preview", "{\"scene_type\": \"tub\", \"for\": \"music\"}");

        assertThat(video.body().path("prompt").stringValue())
                .contains("the living room at Mountain Retreat", "Camera: pan sweep");
        assertThat(music.body().path("prompt").stringValue()).contains("spa ambient");
    }

    @Test
    void a_selection_can_be_tried_without_a_job() throws Exception {
        var command = WireFormat.JSON.writeValueAsString(Campaigns.asking(Campaigns.sample(), 3));

        var answer = post("/image-selection", command);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("storyboard").path("origin").stringValue())
                .isEqualTo("model");
        assertThat(answer.body().path("storyboard").path("scenes")).hasSize(3);
        assertThat(answer.body().path("storyboard").path("total_duration").stringValue())
                .isEqualTo("PT12S");
    }

    @Test
    void photos_that_make_no_pair_are_refused_in_the_words_of_a_job() throws Exception {
        var command = WireFormat.JSON.writeValueAsString(
                Campaigns.asking(List.of(Campaigns.photo("One"), Campaigns.photo("Other")), 3));

        var answer = post("/image-selection", command);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("error").path("code").stringValue()).isEqualTo("no_pairs");
    }

    @Test
    void a_voice_has_a_line_for_each_scene_and_no_more_than_there_is_time_for() throws Exception {
        var answer = post("/voiceover/script", """
                {"property_details": {"name": "Mountain Retreat", "location": "Above the lake", "rooms": 7},
                 "scenes": [{"title": "Arrival", "duration": 4}, {"title": "The heart of the house", "duration": 4},
                            {"title": "Until you arrive", "duration": 5}],
                 "options": {"use_ai": false, "words_per_minute": 150}}
                """);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("origin").stringValue()).isEqualTo("fallback");
        assertThat(answer.body().path("segments").valueStream().map(segment -> segment.path("text")
                        .stringValue()))
                .containsExactly(
                        "Welcome to Mountain Retreat. Above the lake. Arrival.",
                        "The heart of the house.",
                        "Mountain Retreat awaits you. Until you arrive.");
        assertThat(answer.body().path("script").stringValue().lines()).hasSize(3);
    }

    @Test
    void grok_finds_the_words_or_the_note_says_why_not() throws Exception {
        var answer = post("/voiceover/script", """
                {"scenes": [{"title": "Arrival", "duration": 20}, {"title": "Farewell", "duration": 20}]}
                """);

        assertThat(answer.body().path("origin").stringValue()).isEqualTo("model");
        assertThat(answer.body().path("segments")).hasSize(2);
        assertThat(answer.body().has("note")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                /scene-templates/adapt | {"scene_count": 1}                          | scene_count
                /scene-templates/adapt | {"scenes": 4}                               | scenes
                /scene-templates/adapt | []                                          | body
                /prompt-preview        | {"for": "smell", "scene_type": "hook"}      | for
                /prompt-preview        | {}                                          | scene_type
                /prompt-preview        | {"scene_type": "cellar"}                    | scene_type
                /image-selection       | {"campaign": {}}                            | photos
                /voiceover/script      | {"scenes": []}                              | scenes
                /voiceover/script      | {"scenes": [{"length": 4}]}                 | scenes[0].length
                /voiceover/script      | {"scenes": [{}], "options": {"pace": 1}}    | options.pace
                """)
    void what_makes_no_sense_is_refused_and_named(String path, String body, String field) throws Exception {
        var answer = post(path, body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("error").path("code").stringValue()).isEqualTo("validation_failed");
        assertThat(answer.body().path("error").path("details").path(field)).isNotEmpty();
        assertThat(answer.body().path("instance").stringValue()).isEqualTo("/internal/testing" + path);
    }

    @Test
    void what_is_no_json_is_refused_as_such() throws Exception {
        assertThat(post("/prompt-preview", "{").status()).isEqualTo(400);
    }

    private static Answer get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(path)).GET());
    }

    private static Answer post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    private static URI at(String path) {
        var port = service.getEnvironment().getProperty("local.server.port");
        return URI.create("http://localhost:" + port + "/internal/testing" + path);
    }
}
