package io.showreel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The npm library of Standard Webhooks, as a client in JavaScript uses it. Where node or npm is missing, or the registry
 * can't be reached, the rest of a test is skipped and says so.
 */
final class NodeWebhooks {

    private static final String LIBRARY = "standardwebhooks@1.1.1";
    private static final Path FOLDER = Path.of("target/npm");
    private static final String SCRIPT = """
            const { Webhook } = require("standardwebhooks");
            const said = JSON.parse(require("fs").readFileSync(0, "utf8"));
            console.log(JSON.stringify(said.secrets.map((secret) => {
              try {
                new Webhook(secret).verify(said.body, said.headers);
                return true;
              } catch (e) {
                return false;
              }
            })));
            """;

    private record Said(List<String> secrets, String body, Map<String, String> headers) {}

    private NodeWebhooks() {}

    /** For each secret whether the notice was signed with it. */
    static boolean[] verify(List<String> secrets, Told.Notice notice) throws IOException, InterruptedException {
        install();
        var json = new JsonMapper();
        var node = new ProcessBuilder("node", "verify.cjs")
                .directory(FOLDER.toFile())
                .start();
        try (var said = node.getOutputStream()) {
            said.write(json.writeValueAsBytes(new Said(secrets, notice.body(), notice.headers())));
        }
        var answer = node.getInputStream().readAllBytes();
        assertThat(node.waitFor())
                .as(new String(node.getErrorStream().readAllBytes()))
                .isZero();
        return json.readValue(answer, boolean[].class);
    }

    private static synchronized void install() throws IOException, InterruptedException {
        if (!Stream.of("node", "npm").allMatch(NodeWebhooks::isThere)) {
            skip("node or npm is not installed");
        }
        if (!Files.isDirectory(FOLDER.resolve("node_modules/standardwebhooks"))) {
            Files.createDirectories(FOLDER);
            var npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--no-save", LIBRARY)
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(FOLDER.resolve("npm.log").toFile())
                    .start();
            if (!npm.waitFor(90, TimeUnit.SECONDS) || npm.exitValue() != 0) {
                npm.destroyForcibly();
                skip("npm could not install " + LIBRARY + ", see gateway-service/target/npm/npm.log");
            }
        }
        Files.writeString(FOLDER.resolve("verify.cjs"), SCRIPT);
    }

    private static void skip(String why) {
        var message = "SKIPPED: signatures are not verified by the npm library: " + why;
        System.err.println(message);
        abort(message);
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
