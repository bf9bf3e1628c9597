package io.showreel.sandbox.xai;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.sandbox.Client;
import io.showreel.sandbox.Json;
import io.showreel.sandbox.Sandbox;
import io.showreel.sandbox.Settings;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class XaiTest {
    private static final String PHOTOS = """
            {"groups":[
              {"group":"Exterior 1","photos":[{"id":"p1","name":"Exterior 1 1"},{"id":"p2","name":"Exterior 1 2"},{"id":"p3","name":"Exterior 1 3"}]},
              {"group":"Dining","photos":[{"id":"p4","name":"Dining 1","tags":["food"]},{"id":"p5","name":"Dining 2"}]},
              {"group":"Pool","photos":[{"id":"p6","name":"Pool 1"},{"id":"p7","name":"Pool 2"},{"id":"p8","name":"Pool 3"},{"id":"p9","name":"Pool 4"}]}]}""";

    private static final String SCENES = """
            {"type":"object","additionalProperties":false,"required":["scenes","music"],"properties":{
              "scenes":{"type":"array","minItems":3,"maxItems":3,"items":{"type":"object","required":["first","last","title"],
                "properties":{"scene_type":{"type":"string","enum":["hook","pool","farewell"]},"group":{"type":"string"},
                  "first":{"type":"string"},"last":{"type":"string"},
                  "title":{"type":"string","maxLength":30},"description":{"type":"string"},
                  "score":{"type":"number","minimum":0,"maximum":1}}}},
              "music":{"type":"string","maxLength":60}}}""";

    @TempDir
    Path home;

    private Sandbox sandbox;
    private Client client;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(Settings.in(home).withKeys(Set.of("good")));
        client = new Client(sandbox.apiUrl(), "good");
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void scenes_are_made_of_the_photos_in_the_request() {
        var scenes = answer(PHOTOS, SCENES).path("scenes");

        assertThat(scenes.size()).isEqualTo(3);
        var groups = new HashSet<String>();
        var used = new HashSet<String>();
        for (var scene : scenes) {
            var group = photosOf(scene.path("group").asString());
            assertThat(group)
                    .contains(scene.path("first").asString(), scene.path("last").asString());
            assertThat(used.add(scene.path("first").asString())).isTrue();
            assertThat(used.add(scene.path("last").asString())).isTrue();
            assertThat(scene.path("title").asString()).isNotBlank().hasSizeLessThanOrEqualTo(30);
            assertThat(scene.path("score").asDouble()).isBetween(0.5, 1.0);
            groups.add(scene.path("group").asString());
        }
        assertThat(groups).hasSize(3);
        assertThat(scenes.path(1).path("scene_type").asString()).isEqualTo("pool");
        assertThat(scenes.path(1).path("group").asString()).isEqualTo("Pool");
    }

    @Test
    void the_same_question_has_the_same_answer() {
        assertThat(answer(PHOTOS, SCENES)).isEqualTo(answer(PHOTOS, SCENES));
    }

    @Test
    void an_enumeration_of_photos_limits_the_choice() {
        var schema = """
                {"type":"object","properties":{"pairs":{"type":"array","maxItems":2,"items":{"type":"object","properties":{
                  "first_asset_id":{"type":"string","enum":["p4","p5"]},"last_asset_id":{"enum":["p4","p5"]}}}}}}""";

        for (var pair : answer(PHOTOS, schema).path("pairs")) {
            assertThat(pair.path("first_asset_id").asString()).isIn("p4", "p5");
            assertThat(pair.path("last_asset_id").asString()).isIn("p4", "p5");
        }
    }

    @Test
    void labelled_lines_are_photos_too() {
        var schema = """
                {"type":"object","properties":{"pairs":{"type":"array","items":{"$ref":"#/$defs/pair"}}},
                 "$defs":{"pair":{"type":"object","properties":{"start":{"type":"string"},"end":{"type":"string"}}}}}""";

        var pairs =
                answer("id=a1 kitchen 1\nid=a2 kitchen 2\nid=b1 garden", schema).path("pairs");

        assertThat(pairs).hasSize(1);
        assertThat(pairs.path(0)).isEqualTo(Json.object().put("start", "a1").put("end", "a2"));
    }

    @Test
    void an_answer_conforms_to_every_kind_of_value() {
        var schema = """
                {"type":"object","properties":{"kind":{"const":"x"},"count":{"type":"integer","minimum":3},"ok":{"type":"boolean"},
                  "when":{"type":"string","format":"date-time"},"maybe":{"type":["null","string"],"minLength":100},
                  "either":{"anyOf":[{"type":"null"},{"type":"integer","maximum":-2,"minimum":-5}]}}}""";

        var answer = answer("nothing", schema);

        assertThat(answer.path("kind").asString()).isEqualTo("x");
        assertThat(answer.path("count").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(answer.path("ok").isBoolean()).isTrue();
        assertThat(answer.path("when").asString()).matches(".*T.*Z");
        assertThat(answer.path("maybe").asString()).hasSizeGreaterThanOrEqualTo(100);
        assertThat(answer.path("either").asInt()).isBetween(-5, -2);
    }

    @Test
    void usage_and_cost_are_accounted() {
        var chat = client.post("/chat/completions", request(PHOTOS, SCENES));

        assertThat(chat.text("model")).isEqualTo("grok-4.20-0309-non-reasoning");
        assertThat(chat.body().at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        long prompt = chat.body().at("/usage/prompt_tokens").asLong();
        long completion = chat.body().at("/usage/completion_tokens").asLong();
        assertThat(prompt).isPositive();
        assertThat(chat.body().at("/usage/cost_in_usd_ticks").asLong())
                .isEqualTo(prompt * 12_500 + completion * 25_000);
    }

    @Test
    void an_answer_that_is_too_long_is_cut() {
        var chat = client.post("/chat/completions", request(PHOTOS, SCENES).put("max_completion_tokens", 10));

        assertThat(chat.body().at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(chat.body().at("/usage/completion_tokens").asInt()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"object\",\"properties\":{\"a\":{\"enum\":[]}}}",
                "{\"type\":\"object\",\"properties\":{\"a\":true}}",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"array\",\"items\":[{\"type\":\"string\"}]}}}",
                "{\"anyOf\":[]}",
            })
    void a_bad_schema_is_refused(String schema) {
        var refused = client.post("/chat/completions", request(PHOTOS, schema));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("code")).isEqualTo("invalid-argument");
    }

    @Test
    void errors_are_flat() {
        var request = request(PHOTOS, SCENES);

        var noKey = new Client(sandbox.apiUrl(), "").post("/chat/completions", request);
        var wrongKey = new Client(sandbox.apiUrl(), "bad").post("/chat/completions", request);
        var unknown = client.post("/chat/completions", request.deepCopy().put("model", "grok-3"));
        var effort = client.post("/chat/completions", request.deepCopy().put("reasoning_effort", "low"));
        var broken = client.post("/chat/completions", Json.object().put("model", "grok-4.3"));

        assertThat(noKey.status()).isEqualTo(401);
        assertThat(wrongKey.status()).isEqualTo(400);
        assertThat(wrongKey.text("error")).startsWith("Incorrect API key provided.");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text("error")).startsWith("The model grok-3 does not exist");
        assertThat(effort.status()).isEqualTo(400);
        assertThat(broken.status()).isEqualTo(422);
        assertThat(broken.raw().body()).contains("missing field `messages`");
    }

    @Test
    void models_and_key_are_shown() {
        assertThat(client.get("/models").body().at("/data/0/aliases/0").asString())
                .isEqualTo("grok-4.20-non-reasoning");
        assertThat(client.get("/language-models/grok-4.20-non-reasoning")
                        .body()
                        .path("prompt_text_token_price")
                        .asInt())
                .isEqualTo(12_500);
        assertThat(client.get("/api-key").status()).isEqualTo(200);
    }

    private JsonNode answer(String text, String schema) {
        var chat = client.post("/chat/completions", request(text, schema));
        assertThat(chat.status()).as(chat.raw().body()).isEqualTo(200);
        return Json.MAPPER.readTree(chat.body().at("/choices/0/message/content").asString());
    }

    private static ObjectNode request(String text, String schema) {
        var request = Json.object().put("model", "grok-4.20-non-reasoning");
        var messages = request.putArray("messages");
        messages.addObject().put("role", "system").put("content", "Pair photos.");
        var parts = messages.addObject().put("role", "user").putArray("content");
        parts.addObject().put("type", "text").put("text", text);
        parts.addObject().put("type", "text").put("text", "Choose scenes for: a mountain retreat.");
        request.putObject("response_format")
                .put("type", "json_schema")
                .putObject("json_schema")
                .put("name", "story")
                .put("strict", true)
                .set("schema", Json.MAPPER.readTree(schema));
        return request;
    }

    private static Set<String> photosOf(String group) {
        var photos = new HashSet<String>();
        for (var known : Json.MAPPER.readTree(PHOTOS).path("groups")) {
            if (known.path("group").asString().equals(group)) {
                known.path("photos")
                        .forEach(photo -> photos.add(photo.path("id").asString()));
            }
        }
        return photos;
    }
}
