package io.showreel.render.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneRequest.TakeInput;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.render.model.Model;
import io.showreel.render.model.Models;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Fact;
import io.showreel.render.take.Symptom;
import io.showreel.render.take.Take;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CastingTest {

    private static final String ASKED = "google/veo-3.1";
    private static final String FALLBACK = "google/veo-3.1-fast";
    private static final String ALONE = "minimax/hailuo-02";

    private final Models models;

    CastingTest() throws IOException {
        models = Models.of(Map.of(ASKED, FALLBACK));
    }

    @Test
    void a_take_is_rendered_by_the_model_that_it_asks_for() {
        var casting = new Casting(models, Set.of());
        assertThat(casting.modelFor(clip(ASKED, 4))).map(Model::name).hasValue(ASKED);
        assertThat(casting.withoutStandIn()).isEmpty();
    }

    @Test
    void while_that_is_shut_its_fallback_renders_it() {
        var casting = new Casting(models, Set.of(ASKED, ALONE));
        assertThat(casting.modelFor(clip(ASKED, 4))).map(Model::name).hasValue(FALLBACK);
        assertThat(casting.modelFor(clip(ALONE, 6))).isEmpty();
        assertThat(casting.withoutStandIn()).containsExactly(ALONE);
    }

    @Test
    void a_fallback_that_is_shut_or_can_not_do_it_is_none() {
        assertThat(new Casting(models, Set.of(ASKED, FALLBACK)).modelFor(clip(ASKED, 4)))
                .isEmpty();
        assertThat(new Casting(models, Set.of(ASKED, FALLBACK)).withoutStandIn())
                .containsExactlyInAnyOrder(ASKED, FALLBACK);
        assertThat(new Casting(models, Set.of(ASKED)).modelFor(clip(ASKED, 5))).isEmpty();
    }

    @Test
    void a_fallback_without_a_last_frame_stands_in_for_none_that_takes_one() throws IOException {
        var narrow = Models.of(Map.of(ASKED, "google/veo-3", "google/veo-3-fast", "google/veo-3"));
        var casting = new Casting(narrow, Set.of(ASKED, "google/veo-3-fast"));

        assertThat(casting.modelFor(clip(ASKED, 4))).isEmpty();
        assertThat(casting.modelFor(withoutLast(clip(ASKED, 4))))
                .as("nothing to end at")
                .map(Model::name)
                .hasValue("google/veo-3");
        assertThat(casting.modelFor(clip("google/veo-3-fast", 4)))
                .as("the one that is asked for would not end at it either")
                .map(Model::name)
                .hasValue("google/veo-3");
    }

    @Test
    void a_fallback_makes_neither_another_length_nor_another_shape() throws IOException {
        var wide = "bytedance/seedance-1-pro";
        var casting = new Casting(Models.of(Map.of(wide, ASKED)), Set.of(wide));

        assertThat(casting.modelFor(clip(wide, 4, "16:9"))).map(Model::name).hasValue(ASKED);
        assertThat(casting.modelFor(clip(wide, 5, "16:9"))).isEmpty();
        assertThat(casting.modelFor(clip(wide, 4, "1:1"))).isEmpty();
    }

    @Test
    void a_model_that_is_open_renders_what_it_is_asked_for_without_a_last_frame() {
        assertThat(new Casting(models, Set.of()).modelFor(clip("google/veo-3", 4)))
                .map(Model::name)
                .hasValue("google/veo-3");
    }

    @Test
    void a_model_that_failed_its_health_check_twice_leaves_the_last_attempt_to_its_fallback() {
        var casting = new Casting(models, Set.of());
        assertThat(casting.modelFor(ailing(ASKED, 1))).map(Model::name).hasValue(ASKED);
        assertThat(casting.modelFor(ailing(ASKED, 2))).map(Model::name).hasValue(FALLBACK);
        assertThat(casting.modelFor(ailing(ALONE, 2))).map(Model::name).hasValue(ALONE);
        assertThat(new Casting(models, Set.of(FALLBACK)).modelFor(ailing(ASKED, 2)))
                .map(Model::name)
                .hasValue(ASKED);
    }

    private static Entry ailing(String model, int times) {
        var take = Take.requested();
        for (var n = 0; n < times; n++) {
            var token = UUID.randomUUID();
            var queued = (Take.Queued) take;
            take = Take.evolve(
                    Take.evolve(queued, new Fact.Begun(queued.next(token, model, Usd.of("0.40"), Instant.EPOCH))),
                    new Fact.Failed(token, "p" + n, Symptom.UNHEALTHY_MODEL, "E8765"));
        }
        return new Entry(UUID.randomUUID(), 1, 1, "default", clip(model, 4), take);
    }

    private static TakeInput withoutLast(TakeInput clip) {
        return new TakeInput(
                clip.kind(),
                clip.model(),
                clip.prompt(),
                clip.firstFrame(),
                null,
                clip.length(),
                clip.aspectRatio(),
                clip.options());
    }

    private static TakeInput clip(String model, int seconds) {
        return clip(model, seconds, "16:9");
    }

    private static TakeInput clip(String model, int seconds, String ratio) {
        var photo = URI.create("s3://b/photo.jpg");
        return new TakeInput(TakeKind.CLIP, model, "a", photo, photo, Duration.ofSeconds(seconds), ratio, Map.of());
    }
}
