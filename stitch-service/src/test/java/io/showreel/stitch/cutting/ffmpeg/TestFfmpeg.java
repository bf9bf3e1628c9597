package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.embedded.Ffmpeg.Origin;
import io.showreel.embedded.FfmpegTools;
import io.showreel.observability.tracing.Spans;
import io.showreel.stitch.cutting.CuttingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/** The programs that films are cut with here, and the means to make clips for them. */
public final class TestFfmpeg {

    /** {@link #programs} as the source of a parameter. */
    static final String PROGRAMS = "io.showreel.stitch.cutting.ffmpeg.TestFfmpeg#programs";

    private static final String BUNDLED = "/ws/schild/jave/nativebin/ffmpeg-amd64";

    private static final Map<String, FfmpegEditor> EDITORS = new ConcurrentHashMap<>();

    private TestFfmpeg() {}

    /** The system's where there is one, and always the static build that comes from Maven Central. */
    static Stream<String> programs() {
        var found = FfmpegTools.find();
        var system = found.origin() == Origin.STATIC
                ? Stream.<String>empty()
                : Stream.of(found.ffmpeg().toString());
        return Stream.concat(system, Stream.of(Bundled.PATH));
    }

    /** As in production, but for the size of films and the patience. */
    static CuttingSettings settings(String program, int shortSide) {
        return new CuttingSettings(
                true,
                program,
                null,
                1,
                2,
                2,
                DataSize.ofGigabytes(3),
                Duration.ofMinutes(2),
                Duration.ofSeconds(20),
                false,
                DataSize.ofMegabytes(100),
                DataSize.ofMegabytes(10),
                3,
                18,
                shortSide);
    }

    /** One for all who cut in this size, as in production: it asks its program about itself only once. */
    static FfmpegEditor editor(String program, int shortSide) {
        return EDITORS.computeIfAbsent(
                program + " " + shortSide, fresh -> new FfmpegEditor(settings(program, shortSide), Spans.NONE));
    }

    /** Runs the program that is at hand; fails if it does. */
    public static String run(Path folder, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(FfmpegTools.find().ffmpeg().toString(), "-v", "error", "-nostdin", "-y"));
        command.addAll(List.of(arguments));
        var output = Files.createTempFile(folder, "output", ".txt");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        int exit = process.waitFor();
        var said = Files.readString(output);
        Files.delete(output);
        if (exit != 0) {
            throw new IOException(command + " ended with " + exit + ": " + said);
        }
        return said;
    }

    private static final class Bundled {
        private static final String PATH = unpack();

        private static String unpack() {
            try (var in = Objects.requireNonNull(TestFfmpeg.class.getResourceAsStream(BUNDLED))) {
                var folder = Files.createTempDirectory("ffmpeg");
                folder.toFile().deleteOnExit();
                var file = folder.resolve("ffmpeg");
                file.toFile().deleteOnExit();
                Files.copy(in, file);
                file.toFile().setExecutable(true);
                return file.toString();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
