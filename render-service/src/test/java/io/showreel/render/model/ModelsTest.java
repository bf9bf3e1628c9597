package io.showreel.render.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneRequest.TakeInput;
import io.showreel.contracts.scene.TakeKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

class ModelsTest {

    private final Models models = new Models(new ModelSettings(new ClassPathResource("models.json"), Map.of()));

    ModelsTest() throws IOException {}

    @Test
    void the_default_model_is_given_all_that_it_has_an_input_for() {
        var model = models.named("google/veo-3.1-fast").orElseThrow();
        var take = clip(model.name(), 4);
        assertThat(model.objection(take)).isNull();
        assertThat(model.price(take)).isEqualTo(Usd.of("0.40"));
        assertThat(model.input(take, "first", "last", 7))
                .isEqualTo(Map.of(
                        "prompt", "slow dolly in",
                        "image", "first",
                        "last_frame", "last",
                        "duration", 4,
                        "aspect_ratio", "16:9",
                        "resolution", "1080p",
                        "generate_audio", false));
    }

    @Test
    void what_a_model_can_not_do_is_said_before_it_is_paid() {
        var model = models.named("google/veo-3.1-fast").orElseThrow();
        assertThat(model.objection(clip(model.name(), 5))).contains("5 seconds");
        var square =
                new TakeInput(TakeKind.CLIP, model.name(), "x", null, null, Duration.ofSeconds(4), "1:1", Map.of());
        assertThat(model.objection(square)).contains("1:1");
    }

    @Test
    void a_length_may_change_what_is_fixed_and_what_it_costs() {
        var model = models.named("minimax/hailuo-02").orElseThrow();
        assertThat(model.input(clip(model.name(), 6), "a", "b", 7)).containsEntry("resolution", "1080p");
        assertThat(model.input(clip(model.name(), 10), "a", "b", 7)).containsEntry("resolution", "768p");
        assertThat(model.price(clip(model.name(), 6))).isEqualTo(Usd.of("0.48"));
        assertThat(model.price(clip(model.name(), 10))).isEqualTo(Usd.of("0.45"));
    }

    @Test
    void a_model_without_a_last_frame_is_given_none() {
        var model = models.named("google/veo-3").orElseThrow();
        assertThat(model.takesLastFrame()).isFalse();
        assertThat(model.input(clip(model.name(), 4), "a", "b", 7)).doesNotContainKey("last_frame");
    }

    @Test
    void music_carries_a_seed_to_be_recognised_by() {
        var model = models.named("stability-ai/stable-audio-2.5").orElseThrow();
        var input = model.input(sound(TakeKind.MUSIC, model.name(), Duration.ofSeconds(16), Map.of()), null, null, 7);
        assertThat(input).isEqualTo(Map.of("prompt", "calm", "duration", 16, "seed", 7));
    }

    @Test
    void a_voice_is_paid_by_its_text() {
        var model = models.named("minimax/speech-02-turbo").orElseThrow();
        var take = sound(TakeKind.SPEECH, model.name(), null, Map.of("voice", "Deep_Voice_Man", "speed", "1.2"));
        assertThat(model.price(take)).isEqualTo(Usd.of("0.0002"));
        assertThat(model.input(take, null, null, 7))
                .containsEntry("text", "calm")
                .containsEntry("voice_id", "Deep_Voice_Man")
                .containsEntry("speed", new BigDecimal("1.2"));
    }

    @Test
    void a_community_model_is_pinned() {
        assertThat(models.named("meta/musicgen").orElseThrow().submittedAs()).hasSize(64);
    }

    private static TakeInput clip(String model, int seconds) {
        return new TakeInput(
                TakeKind.CLIP, model, "slow dolly in", null, null, Duration.ofSeconds(seconds), "16:9", Map.of());
    }

    private static TakeInput sound(
            TakeKind kind, String model, @Nullable Duration length, Map<String, String> options) {
        return new TakeInput(kind, model, "calm", null, null, length, null, options);
    }
}
