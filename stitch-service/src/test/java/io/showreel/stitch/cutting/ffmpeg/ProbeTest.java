package io.showreel.stitch.cutting.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.observability.tracing.Spans;
import io.showreel.stitch.cutting.Editor.Room;
import io.showreel.stitch.cutting.Editor.Urgency;
import io.showreel.stitch.editing.Footage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

class ProbeTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource(TestFfmpeg.PROGRAMS)
    void pictures_are_alone_in_a_file_without_sound(String program) throws Exception {
        TestFfmpeg.run(folder, "-f", "lavfi", "-i", "testsrc=s=320x180:r=24", "-frames:v", "24", "silent.mp4");
        TestFfmpeg.run(
                folder, "-i", "silent.mp4", "-f", "lavfi", "-i", "sine=duration=1", "-c:v", "copy", "with-sound.mp4");

        assertThat(footage(program, "silent.mp4").alone()).isTrue();
        assertThat(footage(program, "with-sound.mp4").alone()).isFalse();
    }

    private Footage footage(String program, String name) throws IOException, InterruptedException {
        try (var ffmpeg = new Ffmpeg(program, Duration.ofMinutes(1), 1, DataSize.ofGigabytes(3), Spans.NONE)) {
            var bench = new Bench(ffmpeg, new Room(folder, percent -> {}, Urgency.WANTED));
            return new Probe(bench).footage(folder.resolve(name)).orElseThrow();
        }
    }
}
