package io.showreel.local.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.showreel.embedded.FfmpegTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmInspectionTest {

    @TempDir
    Path folder;

    private final Path ffmpeg = FfmpegTools.find().ffmpeg();
    private final FilmInspection inspection = new FilmInspection(ffmpeg);

    @Test
    void a_film_as_ordered_has_no_fault() throws Exception {
        var film = inspection.inspect(film("24", "384", "-movflags", "+faststart"));

        assertThat(faults(film)).isEmpty();
        assertThat(film.frames()).isEqualTo(384);
        assertThat(film.seconds()).isEqualTo(16.0);
        assertThat(film.facts())
                .startsWith("1920x1080, h264, yuv420p, 24 fps, 384 frames, 16.00 s, faststart, 0 audio");
    }

    @Test
    void one_frame_more_is_within_bounds_and_two_are_not() throws Exception {
        assertThat(faults(inspection.inspect(film("24", "385", "-movflags", "+faststart"))))
                .isEmpty();
        assertThat(faults(inspection.inspect(film("24", "386", "-movflags", "+faststart"))))
                .contains("it has 386 frames, not 384");
    }

    @Test
    void an_index_behind_the_pictures_is_a_fault() throws Exception {
        assertThat(faults(inspection.inspect(film("24", "384"))))
                .singleElement()
                .asString()
                .contains("index");
    }

    @Test
    void another_pixel_format_or_rate_is_a_fault() throws Exception {
        var film = film("25", "400", "-movflags", "+faststart", "-pix_fmt", "yuv444p");

        assertThat(faults(inspection.inspect(film)))
                .contains(
                        "its pixel format is yuv444p, not yuv420p",
                        "it has 25.0 frames per second, not 24",
                        "it has 400 frames, not 384");
    }

    @Test
    void a_truncated_film_is_a_fault() throws Exception {
        var film = film("24", "384", "-movflags", "+faststart");
        var facts = inspection.inspect(film);
        try (var bytes = Files.newByteChannel(film, StandardOpenOption.WRITE)) {
            bytes.truncate(Files.size(film) * 2 / 3);
        }

        assertThat(faults(facts)).anyMatch(fault -> fault.startsWith("it can't be decoded to the end"));
    }

    @Test
    void something_else_is_no_film() throws IOException {
        var text = Files.writeString(folder.resolve("film.mp4"), "not found");

        assertThatThrownBy(() -> inspection.inspect(text)).hasMessageContaining("is no film");
    }

    private List<String> faults(Film film) throws IOException {
        return inspection.faults(film, 1920, 1080, 24, 384);
    }

    private Path film(String rate, String frames, String... options) throws IOException, InterruptedException {
        var film = folder.resolve("film.mp4");
        var command = new ArrayList<>(List.of(
                ffmpeg.toString(),
                "-nostdin",
                "-v",
                "error",
                "-y",
                "-f",
                "lavfi",
                "-i",
                "color=teal:size=1920x1080:rate=" + rate,
                "-frames:v",
                frames,
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p"));
        command.addAll(List.of(options));
        command.add(film.toString());
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return film;
    }
}
