package io.showreel.sandbox.media;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs ffmpeg at low priority; whoever waits for it and is interrupted takes it down. */
final class FfmpegRun {
    private static final int KEPT_OF_ERROR = 500;
    private static final Path NICE = Path.of("/usr/bin/nice");

    private final Path ffmpeg;

    FfmpegRun(Path ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    /** What ffmpeg said, if it ended well. */
    record Output(boolean ok, String text) {}

    Output run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", "10"));
        }
        command.addAll(List.of(ffmpeg.toString(), "-nostdin", "-v", "error", "-y"));
        command.addAll(arguments);
        var log = Files.createTempFile("sandbox-ffmpeg", ".log");
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                int exit = process.waitFor();
                return new Output(exit == 0, Files.readString(log, StandardCharsets.UTF_8));
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.deleteIfExists(log);
        }
    }

    /** For commands that can only fail if the sandbox is wrong. */
    void must(Stream<String> arguments) throws IOException, InterruptedException {
        var output = run(arguments.toList());
        if (!output.ok()) {
            var text = output.text();
            throw new IOException("ffmpeg failed: " + text.substring(Math.max(0, text.length() - KEPT_OF_ERROR)));
        }
    }
}
