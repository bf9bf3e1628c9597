package io.showreel.stitch.cutting.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.showreel.stitch.editing.EditList.Kind;
import io.showreel.stitch.editing.EditList.Transition;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A browser's decoder is stricter than FFmpeg's, and seeks where FFmpeg reads on. */
class PlaysInChromiumTest {

    private static final String PAGE = """
        <video id=v muted preload=auto src=film.mp4></video>
        <script>
        const v = document.getElementById('v');
        const say = text => fetch('said', {method: 'POST', body: text});
        v.onerror = () => say('error ' + v.error.message);
        v.onloadedmetadata = async () => {
          let said = v.duration + ' ' + v.videoWidth + 'x' + v.videoHeight;
          for (let i = 0; i < 10; i++) {
            const to = v.duration * ((i * 7) % 10 + 0.5) / 10;
            v.currentTime = to;
            await new Promise(done => v.onseeked = done);
            said += ' ' + (Math.abs(v.currentTime - to) < 0.05 && v.readyState >= 2 ? 'ok' : 'lost');
          }
          v.currentTime = 0;
          v.onended = () => say(said + ' ended');
          v.play();
        };
        </script>
        """;

    @TempDir
    private Path folder;

    @Test
    void a_film_of_copies_and_windows_plays_to_its_end_and_seeks_anywhere() throws Exception {
        var chromium = chromium();
        Assumptions.assumeTrue(
                chromium.isPresent(), () -> "SKIPPED: there is no chromium on the PATH to play a film in");
        var material = new Material(folder, 360);
        material.shot(48, Transition.CUT, clip("testsrc2", 48));
        material.shot(36, new Transition(Kind.DISSOLVE, 12), clip("smptehdbars", 40));
        material.shot(48, new Transition(Kind.SLIDE, 7), clip("testsrc", 48));
        material.music(3);
        var film = material.cut(TestFfmpeg.programs().findFirst().orElseThrow(), "16:9");

        var said = play(chromium.get(), film.film());

        assertThat(said).endsWith(" 640x360" + " ok".repeat(10) + " ended");
        assertThat(Double.parseDouble(said.split(" ")[0])).isBetween(113 / 24.0 - 0.001, 113 / 24.0 + 0.001);
    }

    /** What the page says in the end. */
    private String play(Path chromium, Path film) throws Exception {
        var said = new CompletableFuture<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            switch (exchange.getRequestURI().getPath()) {
                case "/film.mp4" -> serve(exchange, Files.readAllBytes(film));
                case "/said" -> {
                    said.complete(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                    answer(exchange, 204, "text/plain", new byte[0]);
                }
                default -> answer(exchange, 200, "text/html", PAGE.getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
        var home = Files.createTempDirectory("chromium");
        var command = new ProcessBuilder(
                        chromium.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--mute-audio",
                        "--disable-quic",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--autoplay-policy=no-user-gesture-required",
                        "--user-data-dir=" + home.resolve("profile"),
                        "--remote-debugging-port=0",
                        "http://localhost:" + server.getAddress().getPort() + "/")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromium.txt").toFile());
        command.environment().put("TMPDIR", home.toString());
        var browser = command.start();
        try {
            return said.get(2, TimeUnit.MINUTES);
        } finally {
            var children = browser.descendants().toList();
            browser.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            server.stop(0);
            // One that is about to end may still write.
            await().ignoreExceptions().until(() -> !FileSystemUtils.deleteRecursively(home) && !browser.isAlive());
        }
    }

    private static void serve(HttpExchange exchange, byte[] film) throws IOException {
        var range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-.*", "$1"));
        exchange.getResponseHeaders().add("Accept-Ranges", "bytes");
        exchange.getResponseHeaders()
                .add("Content-Range", "bytes %d-%d/%d".formatted(from, film.length - 1, film.length));
        answer(exchange, range == null ? 200 : 206, "video/mp4", Arrays.copyOfRange(film, from, film.length));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static String[] clip(String source, int frames) {
        return new String[] {
            "-f",
            "lavfi",
            "-i",
            source + "=s=640x360:r=24",
            "-frames:v",
            Integer.toString(frames),
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p"
        };
    }

    private static Optional<Path> chromium() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(place -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
