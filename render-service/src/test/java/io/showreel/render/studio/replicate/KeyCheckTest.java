package io.showreel.render.studio.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class KeyCheckTest {

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.createContext("/account", exchange -> {
            var known = "Bearer r8_ours".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            var body = known ? "{\"username\": \"mountain-films\"}" : "{\"detail\": \"Invalid token.\"}";
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(known ? 200 : 401, 0);
            try (var out = exchange.getResponseBody()) {
                out.write(body.getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_good_key_tells_its_account(CapturedOutput output) {
        check("r8_ours");

        assertThat(output).contains("that of mountain-films").doesNotContain("r8_ours");
    }

    @Test
    void a_bad_key_is_known_before_the_first_job(CapturedOutput output) {
        check("r8_theirs");

        assertThat(output).contains("WARN", "refuses our key", "Invalid token.").doesNotContain("r8_theirs");
    }

    @Test
    void without_a_key_nobody_is_asked(CapturedOutput output) {
        server.stop(0);
        check("");

        assertThat(output).contains("REPLICATE_API_KEY");
    }

    @Test
    void a_provider_that_is_away_proves_nothing(CapturedOutput output) {
        server.stop(0);
        check("r8_ours");

        assertThat(output).contains("is not known").doesNotContain("WARN");
    }

    private void check(String key) {
        var source = Map.of(
                "showreel.replicate.base-url",
                "http://localhost:" + server.getAddress().getPort(),
                "showreel.replicate.api-key",
                key);
        var settings = new Binder(new MapConfigurationPropertySource(source))
                .bindOrCreate("showreel.replicate", ReplicateSettings.class);
        new KeyCheck(new ReplicateStudio(settings), settings).check();
    }
}
