package io.showreel.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Kills a real process of the sandbox, and starts it again. */
class SandboxRestartTest {
    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();
    private Process process;
    private URI root;
    private Client client;

    @BeforeEach
    void choosePorts() throws IOException {
        try (var one = new ServerSocket(0);
                var other = new ServerSocket(0)) {
            environment.put("SANDBOX_PORT", Integer.toString(one.getLocalPort()));
            environment.put("SANDBOX_DELIVERY_PORT", Integer.toString(other.getLocalPort()));
            root = URI.create("http://localhost:" + one.getLocalPort());
        }
        environment.put("SANDBOX_HOME", home.toString());
        environment.put("SANDBOX_CLIP_SCALE", "0.25");
        client = new Client(root.resolve("/v1"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Test
    void what_ran_when_it_was_killed_goes_on_and_is_charged_once() throws Exception {
        environment.put("SANDBOX_LATENCY", "2s");
        environment.put("SHOWREEL_FFMPEG", "static");
        start();
        var photo = Photos.photo(home, Photos.Motif.FRACTAL, 640, 360);
        var upload = client.upload(photo, "frame.jpg", "{\"att\":\"t-7\"}");
        var input = Json.object()
                .put("prompt", "p")
                .put("duration", 4)
                .put("image", upload.body().at("/urls/get").asString());
        var id = client.create("google/veo-3.1-fast", input, "Cancel-After", "20m")
                .text("id");
        var running = client.awaitStatus(id, "processing");

        kill();
        start();

        assertThat(client.get("/files/" + upload.text("id")).body()).isEqualTo(upload.body());
        assertThat(client.get("/predictions/" + id).body().get("input")).isEqualTo(input);
        var ended = client.awaitEnd(id);
        assertThat(ended.text("status")).isEqualTo("succeeded");
        assertThat(ended.text("started_at")).isEqualTo(running.text("started_at"));
        assertThat(ended.text("deadline")).isEqualTo(running.text("deadline"));
        var clip = Client.download(ended.text("output"), home.resolve("clip.mp4"));
        assertThat(Photos.frames(clip, false)).isEqualTo(96);
        var ledger = ledger();
        assertThat(ledger.size()).isEqualTo(1);
        assertThat(ledger.path(0).path("attempt").asString()).isEqualTo("t-7");
        assertThat(ledger.path(0).path("charged").asBoolean()).isTrue();
        assertThat(ledger.path(0).path("amount").asString()).isEqualTo("0.6000");
    }

    @Test
    void what_had_ended_is_still_there() throws Exception {
        environment.put("SANDBOX_INSTANT", "true");
        start();
        var ended = client.create("google/veo-3.1-fast", Json.object().put("prompt", "p"), "Prefer", "wait");
        var ledger = ledger();

        Files.writeString(home.resolve("files/cut-off.part"), "half an upload");
        Files.writeString(home.resolve("delivery/never-recorded.mp4"), "an output that nobody knows");
        for (int times = 0; times < 2; times++) {
            kill();
            start();
        }

        assertThat(home.resolve("files")).isEmptyDirectory();
        assertThat(home.resolve("delivery/never-recorded.mp4")).doesNotExist();
        assertThat(client.get("/predictions/" + ended.text("id")).body()).isEqualTo(ended.body());
        assertThat(Client.fetch(ended.text("output")).statusCode()).isEqualTo(200);
        assertThat(ledger()).isEqualTo(ledger);
    }

    private JsonNode ledger() {
        return Json.MAPPER.readTree(Client.fetch(root + "/_sandbox/ledger").body());
    }

    private void kill() throws InterruptedException {
        assertThat(process.destroyForcibly().waitFor()).isEqualTo(137);
    }

    private void start() throws IOException {
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sandbox.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("sandbox.log").toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> {
                    assertThat(process.isAlive())
                            .as(Files.readString(home.resolve("sandbox.log")))
                            .isTrue();
                    return Client.fetch(root + "/_sandbox/health").statusCode() == 200;
                });
    }
}
