package io.showreel.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.Usd;
import io.showreel.gateway.catalogue.Catalogue.Answer;
import io.showreel.gateway.job.ClipModel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {

    private final Catalogue catalogue = new Catalogue();

    @ParameterizedTest
    @CsvSource({
        "google/veo-3.1-fast, 4, 4, 0.4000",
        "google/veo-3.1-fast, 4.5, 6, 0.6000",
        "google/veo-3.1-fast, 1, 4, 0.4000",
        "minimax/hailuo-02, 4, 6, 0.4800",
        "kwaivgi/kling-v2.5-turbo-pro, 6, 10, 0.7000",
    })
    void a_clip_is_rendered_at_the_shortest_length_that_holds_it(
            String model, double asked, int rendered, String price) {
        var length = Duration.ofMillis((long) (asked * 1000));
        var fitting = fitting(model, length, "16:9");

        assertThat(fitting.fitting(length)).contains(Duration.ofSeconds(rendered));
        assertThat(fitting.price(length)).isEqualTo(Usd.of(price));
    }

    @ParameterizedTest
    @CsvSource({
        "nobody/nothing, 4, 16:9, video_model",
        "google/veo-3, 4, 16:9, video_model",
        "minimax/hailuo-2.3, 6, 16:9, video_model",
        "google/veo-3.1-fast, 9, 16:9, clip_duration",
        "google/veo-3.1-fast, 4, 1:1, aspect_ratio",
    })
    void what_a_model_can_not_do_is_refused_by_field(String model, int seconds, String ratio, String field) {
        assertThat(catalogue.clips(model, Duration.ofSeconds(seconds), ratio))
                .isInstanceOfSatisfying(
                        Answer.Unfit.class, unfit -> assertThat(unfit.details()).containsOnlyKeys(field));
    }

    @Test
    void a_model_without_a_price_is_refused() {
        assertThat(new Catalogue("models-without-price.json").clips("new/model", Duration.ofSeconds(4), "16:9"))
                .isInstanceOfSatisfying(Answer.Unfit.class, unfit -> assertThat(
                                unfit.details().get("video_model").getFirst())
                        .startsWith("has no price"));
    }

    @Test
    void the_usual_music_model_has_a_price() {
        assertThat(catalogue.music("stability-ai/stable-audio-2.5").longest()).isEqualTo(Duration.ofSeconds(180));
    }

    private ClipModel fitting(String model, Duration length, String ratio) {
        return ((Answer.Fitting) catalogue.clips(model, length, ratio)).model();
    }
}
