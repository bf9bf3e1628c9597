package io.showreel.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By which names a gateway without keys may be called. */
class HostTest {

    private static final RunningGateway gateway = Installation.shared().gateway;

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:8080", "[::1]", "[::1]:8080"})
    void this_machine_is_let_in_by_its_own_names(String host) throws IOException {
        assertThat(ask(gateway, "/api/v3/jobs?limit=1", host)).startsWith("HTTP/1.1 200");
        assertThat(ask(gateway, "/actuator/health/readiness", host)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8080", "192.168.0.7", ""})
    void a_foreign_name_that_leads_here_is_turned_away(String host) throws IOException {
        var answer = ask(gateway, "/api/v3/jobs?limit=1", host);

        assertThat(answer).startsWith("HTTP/1.1 403").contains("host_not_allowed", "application/problem+json");
    }

    @Test
    void an_open_gateway_may_be_called_by_any_name() throws IOException {
        try (var open = Installation.shared().start(Map.of("showreel.open", true))) {
            assertThat(ask(open, "/api/v3/jobs?limit=1", "showreel.example")).startsWith("HTTP/1.1 200");
        }
    }

    private static String ask(RunningGateway at, String path, String host) throws IOException {
        var uri = at.uri(path);
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(20_000);
            var request = "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
