package io.showreel.sandbox.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.sandbox.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class CatalogTest {
    private final Catalog catalog = Catalog.load();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "google/veo-3.1",
                "google/veo-3.1-fast",
                "google/veo-3",
                "google/veo-3-fast",
                "minimax/hailuo-02",
                "minimax/hailuo-2.3",
                "minimax/hailuo-2.3-fast",
                "kwaivgi/kling-v2.1",
                "kwaivgi/kling-v2.5-turbo-pro",
                "kwaivgi/kling-v2.6",
                "bytedance/seedance-1-pro",
                "bytedance/seedance-1-lite",
                "wan-video/wan-2.5-i2v",
                "wan-video/wan-2.5-i2v-fast",
                "wan-video/wan-2.2-i2v-fast",
                "meta/musicgen",
                "stability-ai/stable-audio-2.5",
                "google/lyria-2",
                "minimax/music-1.5",
                "minimax/speech-02-turbo",
                "minimax/speech-02-hd",
                "minimax/speech-2.8-turbo",
                "minimax/speech-2.8-hd",
                "resemble-ai/chatterbox",
                "jaaari/kokoro-82m"
            })
    void a_model_accepts_its_own_defaults_and_has_a_price(String name) {
        var model = catalog.named(name).orElseThrow();
        var input = Json.object();
        model.input().required().forEach(required -> input.put(required, sample(model, required)));
        var complete = model.complete(input);

        assertThat(model.input().violations(complete)).isEmpty();
        assertThat(model.price(complete)).isPositive();
        assertThat((model.clip() == null) != (model.sound() == null)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "google/veo-3.1-fast, generate_audio, true, 0.6000",
        "google/veo-3.1-fast, generate_audio, false, 0.4000",
    })
    void a_price_follows_from_length_and_options(String name, String option, boolean value, String price) {
        var model = catalog.named(name).orElseThrow();
        var input = model.complete(
                Json.object().put("prompt", "p").put("duration", 4).put(option, value));

        assertThat(model.price(input)).hasToString(price);
    }

    @Test
    void a_number_of_frames_is_a_length_too() {
        var model = catalog.named("wan-video/wan-2.2-i2v-fast").orElseThrow();
        var input = model.complete(Json.object().put("num_frames", 100));

        assertThat(model.clipFrames(input)).isEqualTo(100);
        assertThat(model.clipFps(input)).isEqualTo(16);
    }

    @Test
    void a_last_frame_without_a_first_is_refused_at_run_time() {
        var model = catalog.named("google/veo-3.1-fast").orElseThrow();
        ObjectNode alone = Json.object().put("prompt", "p").put("last_frame", "https://cdn.example/b.jpg");

        assertThat(model.input().violations(alone)).isEmpty();
        assertThat(model.refusal(model.complete(alone))).isPresent();
        assertThat(model.refusal(model.complete(alone.put("image", "https://cdn.example/a.jpg"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'prompt': 5} | invalid_type | input.prompt | Invalid type. Expected: string, given: integer",
                "{'prompt': null} | invalid_type | input.prompt | Invalid type. Expected: string, given: null",
                "{'prompt': 'p', 'duration': 13} | number_lte | input.duration | Must be less than or equal to 12",
                "{'prompt': 'p', 'duration': 1} | number_gte | input.duration | Must be greater than or equal to 2",
                "{'prompt': 'p', 'duration': 5.5} | invalid_type | input.duration | Invalid type. Expected: integer, given: number",
                "{'prompt': 'p', 'image': 'ftp://x/a.jpg'} | format | input.image | Does not match format 'uri'",
                "{'prompt': 'p', 'last_frame': 'x'} | additional_property_not_allowed | input | Additional property last_frame is not allowed",
            })
    void an_input_is_refused_in_the_words_of_replicate(String input, String type, String field, String description) {
        var model = catalog.named("bytedance/seedance-1-pro").orElseThrow();
        var node = (ObjectNode) Json.MAPPER.readTree(input.replace("'", "\""));

        assertThat(model.input().violations(node)).containsExactly(new Violation(type, field, description));
    }

    private static String sample(Model model, String name) {
        return model.input().properties().get(name).has("format")
                ? "https://cdn.example/a.jpg"
                : "something long enough to be taken";
    }
}
