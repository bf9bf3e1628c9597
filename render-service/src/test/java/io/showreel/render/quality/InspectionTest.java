package io.showreel.render.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.showreel.contracts.scene.SceneEvent.Quality;
import io.showreel.contracts.scene.SceneRequest.TakeInput;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.embedded.FfmpegTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionTest {

    private static final String FFMPEG = FfmpegTools.find().ffmpeg().toString();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path footage;

    @TempDir
    private Path folder;

    @TempDir
    private Path shelf;

    private Path clip;

    /** Two seconds of movement, one of black, one that stands still; and the photos at its ends. */
    @BeforeAll
    static void film() throws Exception {
        ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=640x360:r=24:d=2",
                "-f",
                "lavfi",
                "-i",
                "color=black:s=640x360:r=24:d=1",
                "-f",
                "lavfi",
                "-i",
                "smptebars=s=640x360:r=24:d=1",
                "-filter_complex",
                "[0][1][2]concat=n=3:v=1",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "clip.mp4");
        ffmpeg("-f", "lavfi", "-i", "testsrc2=s=640x360:r=24:d=1", "-frames:v", "1", "first.jpg");
        ffmpeg("-f", "lavfi", "-i", "smptebars=s=640x360", "-frames:v", "1", "last.jpg");
    }

    @BeforeEach
    void arrive() throws Exception {
        clip = Files.copy(footage.resolve("clip.mp4"), folder.resolve("output"));
    }

    @Test
    void a_clip_is_described_as_it_is() throws Exception {
        var quality = look(FFMPEG, PATIENCE, "first.jpg", "last.jpg");

        assertThat(quality).isNotNull();
        assertThat(quality.width()).isEqualTo(640);
        assertThat(quality.height()).isEqualTo(360);
        assertThat(quality.framesPerSecond()).isEqualTo(24);
        assertThat(quality.length()).isEqualTo(Duration.ofSeconds(4));
        assertThat(quality.black()).isBetween(Duration.ofMillis(900), Duration.ofMillis(1100));
        assertThat(quality.frozen()).isBetween(Duration.ofMillis(1700), Duration.ofMillis(2100));
        assertThat(quality.firstFrame()).isGreaterThan(0.95);
        assertThat(quality.lastFrame()).isGreaterThan(0.95);
        assertThat(quality.cleanFrames()).isEqualTo(96);
    }

    @Test
    void a_clip_whose_bytes_are_damaged_is_not_clean() throws Exception {
        var bytes = Files.readAllBytes(clip);
        Arrays.fill(bytes, bytes.length / 3, bytes.length / 3 + 2000, (byte) 0x55);
        Files.write(clip, bytes);

        var quality = look(FFMPEG, PATIENCE, "first.jpg", "last.jpg");

        assertThat(quality).isNotNull();
        assertThat(quality.cleanFrames()).isNull();
    }

    @Test
    void a_clip_whose_pictures_are_not_in_step_is_not_clean() throws Exception {
        ffmpeg("-i", "clip.mp4", "-vf", "select='not(eq(n,10))'", "-fps_mode", "passthrough", "gap.mp4");
        Files.copy(footage.resolve("gap.mp4"), clip, StandardCopyOption.REPLACE_EXISTING);

        assertThat(look(FFMPEG, PATIENCE, null, null).cleanFrames()).isNull();
    }

    @Test
    void a_clip_whose_pictures_change_their_size_is_not_clean() throws Exception {
        ffmpeg("-i", "clip.mp4", "-an", "-frames:v", "24", "-bsf:v", "h264_mp4toannexb", "-c", "copy", "one.h264");
        ffmpeg("-i", "clip.mp4", "-frames:v", "24", "-vf", "scale=320:180", "-c:v", "libx264", "other.h264");
        var both = Files.newOutputStream(footage.resolve("both.h264"));
        try (both) {
            Files.copy(footage.resolve("one.h264"), both);
            Files.copy(footage.resolve("other.h264"), both);
        }
        ffmpeg("-r", "24", "-i", "both.h264", "-c", "copy", "-bsf:v", "setts=ts=N", "both.mkv");
        Files.copy(footage.resolve("both.mkv"), clip, StandardCopyOption.REPLACE_EXISTING);

        var quality = look(FFMPEG, PATIENCE, null, null);

        assertThat(quality == null || quality.cleanFrames() == null).isTrue();
    }

    @Test
    void frames_unlike_their_photos_are_seen() throws Exception {
        var quality = look(FFMPEG, PATIENCE, "last.jpg", "first.jpg");
        assertThat(quality.firstFrame()).isLessThan(0.7);
        assertThat(quality.lastFrame()).isLessThan(0.7);
    }

    @Test
    void without_photos_there_is_nothing_to_compare() throws Exception {
        var quality = look(FFMPEG, PATIENCE, null, null);
        assertThat(quality.length().toMillis()).isCloseTo(4000, within(50L));
        assertThat(quality.firstFrame()).isNull();
        assertThat(quality.lastFrame()).isNull();
        assertThat(look(FFMPEG, PATIENCE, "first.jpg", null).lastFrame()).isNull();
    }

    @Test
    void a_model_that_was_sent_no_last_photo_is_not_compared_with_it() throws Exception {
        var quality = look("google/veo-3", FFMPEG, PATIENCE, "first.jpg", "first.jpg");
        assertThat(quality.firstFrame()).isGreaterThan(0.95);
        assertThat(quality.lastFrame()).isNull();
    }

    @Test
    void whatever_goes_wrong_leaves_no_report() throws Exception {
        assertThat(look("no-such-program", PATIENCE, null, null)).isNull();
        assertThat(look(FFMPEG, PATIENCE, "gone.jpg", null)).isNull();
        assertThat(look(FFMPEG, PATIENCE, "clip.mp4", null)).as("no photo").isNull();
        Files.write(clip, new byte[5000]);
        assertThat(look(FFMPEG, PATIENCE, null, null)).isNull();
    }

    @Test
    void a_look_that_takes_too_long_is_given_up_and_its_process_ended() throws Exception {
        var slow = Files.writeString(
                folder.resolve("slow"), "#!/bin/sh\necho $$ > \"" + folder + "/pid\"\nexec sleep 60\n");
        assertThat(slow.toFile().setExecutable(true)).isTrue();

        var began = System.nanoTime();
        assertThat(look(slow.toString(), Duration.ofMillis(500), null, null)).isNull();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        var pid = folder.resolve("pid");
        if (Files.exists(pid)) {
            var process = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
            assertThat(process.filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    @Test
    void nobody_looks_at_sound() throws Exception {
        var music = new TakeInput(TakeKind.MUSIC, "m", "calm", null, null, Duration.ofSeconds(4), null, Map.of());
        try (var look = InspectionFixture.with(FFMPEG, PATIENCE, shelf).begin(clip, music)) {
            assertThat(look.report()).isNull();
        }
    }

    private @Nullable Quality look(String ffmpeg, Duration patience, @Nullable String first, @Nullable String last)
            throws Exception {
        return look("google/veo-3.1", ffmpeg, patience, first, last);
    }

    private @Nullable Quality look(
            String model, String ffmpeg, Duration patience, @Nullable String first, @Nullable String last)
            throws Exception {
        var input = new TakeInput(
                TakeKind.CLIP,
                model,
                "a beach",
                first == null ? null : footage.resolve(first).toUri(),
                last == null ? null : footage.resolve(last).toUri(),
                Duration.ofSeconds(4),
                "16:9",
                Map.of());
        var arrived = Files.copy(clip, Files.createTempDirectory(folder, "").resolve("output"));
        try (var look = InspectionFixture.with(ffmpeg, patience, shelf).begin(arrived, input)) {
            return look.report();
        }
    }

    private static void ffmpeg(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(FFMPEG, "-v", "error", "-nostdin", "-y"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(footage.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }
}
