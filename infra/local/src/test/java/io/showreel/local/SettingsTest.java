package io.showreel.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static final Path ROOT = Path.of("/source/tree");

    @Test
    void without_any_variable_the_sandbox_answers_and_the_sample_is_filmed() {
        var settings = Settings.read(Map.of(), ROOT);

        assertThat(settings.home()).isEqualTo(ROOT.resolve(".showreel"));
        assertThat(settings.sandbox()).isTrue();
        assertThat(settings.sample()).isTrue();
        assertThat(settings.exitAfterSample()).isFalse();
        assertThat(settings.replicas()).isEqualTo(1);
        assertThat(settings.ports()).isEqualTo(Settings.DEFAULT_PORTS);
    }

    @Test
    void a_misspelt_switch_is_named() {
        assertThatThrownBy(() -> read("SHOWREEL_REPLICA", "2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SHOWREEL_REPLICA ");
    }

    @Test
    void with_a_real_key_the_sample_is_filmed_only_when_asked_for() {
        assertThat(read("REPLICATE_API_KEY", "r8_secret").sample()).isFalse();
        assertThat(read("XAI_API_KEY", "xai-secret").sample()).isFalse();
        assertThat(read("REPLICATE_API_KEY", "r8_secret", "SHOWREEL_SAMPLE", "on")
                        .sample())
                .isTrue();
    }

    @Test
    void the_sandbox_runs_as_long_as_one_provider_needs_it() {
        assertThat(read("REPLICATE_API_KEY", "r8_secret").sandbox()).isTrue();
        assertThat(read("REPLICATE_API_KEY", "r8_secret", "XAI_API_KEY", "xai-secret")
                        .sandbox())
                .isFalse();
    }

    @Test
    void every_port_can_be_moved() {
        Settings.DEFAULT_PORTS.keySet().forEach(name -> assertThat(
                        read(Settings.portVariable(name), "4711").port(name))
                .isEqualTo(4711));
        assertThat(Settings.portVariable("sandbox-delivery")).isEqualTo("SHOWREEL_SANDBOX_DELIVERY_PORT");
    }

    @Test
    void the_home_may_stand_elsewhere() {
        assertThat(read("SHOWREEL_HOME", "/data/reel").home()).isEqualTo(Path.of("/data/reel"));
        assertThat(read("SHOWREEL_HOME", "../reel").home()).isEqualTo(Path.of("/source/reel"));
    }

    @Test
    void nonsense_is_named() {
        assertThatThrownBy(() -> read("SHOWREEL_KAFKA_PORT", "kafka"))
                .hasMessageContaining("SHOWREEL_KAFKA_PORT=kafka");
        assertThatThrownBy(() -> read("SHOWREEL_REPLICAS", "0")).hasMessageContaining("SHOWREEL_REPLICAS=0");
        assertThatThrownBy(() -> read("SHOWREEL_SAMPLE", "maybe")).hasMessageContaining("SHOWREEL_SAMPLE=maybe");
    }

    private static Settings read(String name, String value) {
        return Settings.read(Map.of(name, value), ROOT);
    }

    private static Settings read(String name, String value, String other, String otherValue) {
        return Settings.read(Map.of(name, value, other, otherValue), ROOT);
    }
}
