package io.showreel.render.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.scene.SceneRequest.TakeInput;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.render.model.Model;
import io.showreel.render.model.Models;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
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

    private static TakeInput clip(String model, int seconds) {
        var photo = URI.create("s3://b/photo.jpg");
        return new TakeInput(TakeKind.CLIP, model, "a", photo, photo, Duration.ofSeconds(seconds), "16:9", Map.of());
    }
}
