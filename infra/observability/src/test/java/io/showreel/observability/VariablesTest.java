package io.showreel.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.StandardEnvironment;

class VariablesTest {

    private final Variables variables = Variables.ofShowreel();

    @Test
    void knows_settings_in_both_spellings_and_the_switches_of_the_launcher() {
        assertThat(variables.unknownAmong(List.of(
                        "SHOWREEL_GAUGES_EVERY",
                        "SHOWREEL_ACCOUNT_MAXCONCURRENCY",
                        "SHOWREEL_ACCOUNT_MAX_CONCURRENCY",
                        "SHOWREEL_APIKEYS_0_SHA256",
                        "SHOWREEL_HOME",
                        "SHOWREEL_GATEWAY_PORT",
                        "PATH")))
                .isEmpty();
    }

    @Test
    void tells_a_misspelt_variable() {
        assertThat(variables.unknownAmong(List.of("SHOWREEL_ACCOUNT_MAXCONCURENCY", "SHOWREEL_HOME")))
                .containsExactly("SHOWREEL_ACCOUNT_MAXCONCURENCY");
    }

    @Test
    void a_service_does_not_start_with_a_misspelt_variable() {
        var environment = new StandardEnvironment() {
            @Override
            public Map<String, Object> getSystemEnvironment() {
                return Map.of("SHOWREEL_REPLICAZ", "2");
            }
        };
        assertThatThrownBy(
                        () -> new UnknownVariableCheck().postProcessEnvironment(environment, new SpringApplication()))
                .isInstanceOf(UnknownVariableException.class)
                .hasMessageContaining("SHOWREEL_REPLICAZ");
    }
}
