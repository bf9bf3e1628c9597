package io.showreel.system.operate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of this machine that a check needs; the check is skipped, and says so, where it is not installed. */
record Tool(Path program) {

    private static final Duration USUAL_PATIENCE = Duration.ofMinutes(1);

    record Result(int exitCode, String output) {}

    static Tool find(String name, String from) {
        for (var folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            var program = Path.of(folder, name);
            if (Files.isExecutable(program)) {
                return new Tool(program);
            }
        }
        var message = "NOT CHECKED: %s is not installed here (%s)".formatted(name, from);
        System.err.println(message);
        return abort(message);
    }

    /** Its output and its errors together. */
    Result run(Path folder, String... arguments) throws IOException, InterruptedException {
        return run(USUAL_PATIENCE, folder, arguments);
    }

    /** @param patience after its last word */
    Result run(Duration patience, Path folder, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(program + " does not end");
        }
        return new Result(process.exitValue(), output);
    }
}
