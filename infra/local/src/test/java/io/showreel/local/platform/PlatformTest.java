package io.showreel.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.embedded.process.Ports;
import io.showreel.local.Settings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlatformTest {

    @Test
    void a_taken_port_is_reported_with_the_variable_that_moves_it() throws IOException {
        try (var somebody = new ServerSocket(0)) {
            var settings = settings(Map.of("SHOWREEL_GATEWAY_PORT", Integer.toString(somebody.getLocalPort())));

            assertThat(Platform.takenPorts(settings))
                    .containsExactly(
                            "port %d (gateway) is taken; set SHOWREEL_GATEWAY_PORT".formatted(somebody.getLocalPort()));
        }
        assertThat(Platform.takenPorts(settings(Map.of()))).isEmpty();
    }

    @Test
    void the_port_of_a_second_instance_counts_too() throws IOException {
        try (var somebody = new ServerSocket(0)) {
            var first = Integer.toString(somebody.getLocalPort() - 100);
            var once = settings(Map.of("SHOWREEL_RENDER_PORT", first));
            var twice = settings(Map.of("SHOWREEL_RENDER_PORT", first, "SHOWREEL_REPLICAS", "2"));

            assertThat(Platform.takenPorts(once)).noneMatch(line -> line.contains(" " + somebody.getLocalPort() + " "));
            assertThat(Platform.takenPorts(twice))
                    .contains("port %d (render) is taken; set SHOWREEL_RENDER_PORT".formatted(somebody.getLocalPort()));
        }
    }

    /** Free ports for everything else, so that a Showreel that runs on this machine doesn't matter. */
    private static Settings settings(Map<String, String> overrides) {
        var environment = new HashMap<String, String>();
        Settings.DEFAULT_PORTS
                .keySet()
                .forEach(name -> environment.put(Settings.portVariable(name), Integer.toString(Ports.free())));
        environment.putAll(overrides);
        return Settings.read(environment, Path.of("/source/tree"));
    }
}
