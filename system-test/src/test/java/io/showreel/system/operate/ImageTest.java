package io.showreel.system.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.showreel.embedded.PostgresServer;
import io.showreel.embedded.process.Ports;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Assembles the content of images by the Dockerfile, without a container engine, and starts services from it in a chroot.
 * The base is a local root file system with a Java 25 in it, by default {@code localhost/jre:25}
 * ({@code -Dimage.jre=}); docs/operations.md says how to make one. For stitch-service it needs to reach Debian's
 * packages.
 */
@Tag("nightly")
class ImageTest {

    private static final String BASE = System.getProperty("image.jre", "localhost/jre:25");
    private static final Duration TO_BUILD = Duration.ofMinutes(8);
    private static final Duration TO_START = Duration.ofMinutes(2);
    private static final Duration TO_STOP = Duration.ofSeconds(40);
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Tool buildah = Tool.find("buildah", "images");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"gateway-service", "asset-service", "selection-service", "render-service", "stitch-service"})
    void a_service_starts_from_its_image_and_answers_its_health(String module) throws Exception {
        skipWithoutBase();
        var image = "localhost/showreel-image-test/" + module;
        build(module, image);
        var container =
                said(buildah.run(folder, "from", image)).lines().toList().getLast();
        try {
            startAndStop(module, image, container);
        } finally {
            buildah.run(folder, "rm", container);
            buildah.run(folder, "rmi", image);
        }
    }

    private void skipWithoutBase() throws IOException, InterruptedException {
        if (buildah.run(folder, "inspect", "--type", "image", BASE).exitCode() != 0) {
            var message = "NOT CHECKED: there is no image %s to build others on".formatted(BASE);
            System.err.println(message);
            abort(message);
        }
    }

    private void build(String module, String image) throws IOException, InterruptedException {
        Files.copy(ROOT.resolve("Dockerfile"), folder.resolve("Dockerfile"));
        gather(module, folder.resolve(module).resolve("target/image"));
        var built = buildah.run(
                TO_BUILD,
                folder,
                "build",
                "--isolation",
                "chroot",
                "--build-arg",
                "BUILT=tree",
                "--build-arg",
                "MODULE=" + module,
                "--build-arg",
                "JRE_IMAGE=" + BASE,
                "--tag",
                image,
                ".");
        assertThat(built.exitCode()).as(built.output()).isZero();
    }

    /** What "dependency:copy-dependencies" would: the program's jar, and those of its class path. */
    private static void gather(String module, Path target) throws IOException {
        var libraries = Files.createDirectories(target.resolve("lib"));
        for (var entry : Files.readString(ROOT.resolve(module).resolve("target/classpath"))
                .strip()
                .split(File.pathSeparator)) {
            var jar =
                    Files.isDirectory(Path.of(entry)) ? packaged(Path.of(entry).getParent()) : Path.of(entry);
            Files.copy(jar, libraries.resolve(jar.getFileName()));
        }
        Files.copy(packaged(ROOT.resolve(module).resolve("target")), target.resolve("app.jar"));
    }

    private static Path packaged(Path target) throws IOException {
        var isJar = FileSystems.getDefault().getPathMatcher("glob:*-SNAPSHOT.jar");
        try (var files = Files.list(target)) {
            return files.filter(file -> isJar.matches(file.getFileName()))
                    .findFirst()
                    .orElseGet(() -> abort("NOT CHECKED: %s holds no jar; run the phase package".formatted(target)));
        }
    }

    private void startAndStop(String module, String image, String container) throws Exception {
        var config = JsonMapper.shared()
                .readTree(said(buildah.run(folder, "inspect", "--type", "image", image)))
                .path("OCIv1")
                .path("config");
        assertThat(config.path("User").asString()).isEqualTo("10001:10001");
        var service = new Service(module, container, texts(config.path("Entrypoint")));
        var process = service.start();
        try {
            await(module + " is ready")
                    .atMost(TO_START)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> !process.isAlive() || service.isReady());
            assertThat(process.isAlive()).as(Files.readString(service.log())).isTrue();
            var java = process.descendants()
                    .filter(each -> each.info().command().orElse("").endsWith("/java"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.getAttribute(Path.of("/proc", Long.toString(java.pid())), "unix:uid"))
                    .as("who it runs as")
                    .isEqualTo(10001);
            java.destroy();
            assertThat(process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS)).isTrue();

            var lines = Files.readAllLines(service.log());
            assertThat(lines).as("its log").anySatisfy(line -> assertThat(line).contains("raceful shutdown complete"));
            assertThat(lines.stream().filter(line -> line.startsWith("{")).map(JsonMapper.shared()::readTree))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line.has("@timestamp")).isTrue());
            assertThat(lines).noneSatisfy(line -> assertThat(line).contains("[warning][aot]"));
            System.out.printf("%s from its image: %s%n", module, service.started(lines));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private final class Service {

        private final String module;
        private final String container;
        private final List<String> entrypoint;
        private final int port = Ports.free();
        private final int management = Ports.free();

        private Service(String module, String container, List<String> entrypoint) {
            this.module = module;
            this.container = container;
            this.entrypoint = entrypoint;
        }

        /** As a container engine would, but for the name spaces. */
        Process start() throws IOException {
            var database = PostgresServer.shared().createDatabase("image");
            var command = new ArrayList<>(List.of(buildah.program().toString(), "run", "--isolation", "chroot"));
            List.of(
                            "SERVER_PORT=" + port,
                            "MANAGEMENT_SERVER_PORT=" + management,
                            "SPRING_R2DBC_URL=" + database.r2dbcUrl(),
                            "SPRING_R2DBC_USERNAME=" + database.username(),
                            "SPRING_R2DBC_PASSWORD=" + database.password(),
                            "SPRING_FLYWAY_URL=" + database.jdbcUrl(),
                            "SPRING_FLYWAY_USER=" + database.username(),
                            "SPRING_FLYWAY_PASSWORD=" + database.password(),
                            // Nothing listens there: a start needs the database alone.
                            "SPRING_KAFKA_BOOTSTRAP_SERVERS=localhost:1",
                            "SHOWREEL_OBJECTS_ENDPOINT=http://localhost:1")
                    .forEach(variable -> command.addAll(List.of("--env", variable)));
            command.addAll(List.of(container, "--"));
            command.addAll(entrypoint);
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log().toFile())
                    .start();
        }

        Path log() {
            return folder.resolve(module + ".log");
        }

        boolean isReady() throws InterruptedException {
            var readiness = URI.create("http://localhost:" + management + "/actuator/health/readiness");
            try {
                return http.send(HttpRequest.newBuilder(readiness).build(), BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            } catch (IOException notYet) {
                return false;
            }
        }

        String started(List<String> lines) {
            return lines.stream()
                    .filter(line -> line.contains(" seconds (process running for "))
                    .map(line ->
                            JsonMapper.shared().readTree(line).path("message").asString())
                    .findFirst()
                    .orElse("");
        }
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    private static String said(Tool.Result result) {
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }
}
