package io.showreel.render.take;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TraceTest {

    private final UUID token = UUID.randomUUID();

    @Test
    void an_attempt_is_recognised_by_its_file() {
        var trace = new Trace(token, List.of("cneq1"), true, Map.of("image", "https://api/files/cneq1"));
        assertThat(trace.matches(Map.of("image", "https://api/files/cneq1"), null))
                .isTrue();
        assertThat(trace.matches(Map.of("image", "https://api/files/other"), null))
                .isFalse();
    }

    @Test
    void an_attempt_is_recognised_by_its_webhook() {
        var trace = new Trace(token, List.of("cneq1"), true, Map.of());
        assertThat(trace.matches(Map.of(), "https://us/hook?att=" + token)).isTrue();
        assertThat(trace.matches(Map.of(), "https://us/hook?att=" + UUID.randomUUID()))
                .isFalse();
    }

    @Test
    void without_a_mark_the_whole_input_has_to_be_the_same() {
        var trace = new Trace(token, List.of(), true, Map.of("prompt", "calm", "seed", 7, "duration", 16));
        assertThat(trace.matches(Map.of("prompt", "calm", "seed", 7, "duration", 16.0, "steps", 8), null))
                .isTrue();
        assertThat(trace.matches(Map.of("prompt", "calm", "seed", 8, "duration", 16), null))
                .isFalse();
    }
}
