package io.showreel.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.showreel.embedded.Ffmpeg.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FfmpegToolsTest {

    @TempDir
    Path bin;

    private Path bundled;

    @BeforeEach
    void unpack() {
        bundled = FfmpegTools.find("static", "").ffmpeg();
    }

    @Test
    void without_an_ffmpeg_on_the_path_the_static_one_serves() throws Exception {
        var found = FfmpegTools.find("", bin.toString());

        assertThat(found.origin()).isEqualTo(Origin.STATIC);
        assertThat(found.ffprobe()).isEmpty();
        assertThat(encodesH264(found.ffmpeg())).isTrue();
    }

    @Test
    void a_recent_system_ffmpeg_comes_first_and_brings_its_ffprobe() throws IOException {
        script("ffmpeg", "7.1.2");
        script("ffprobe", "7.1.2");

        var found = FfmpegTools.find("", bin.toString());

        assertThat(found.origin()).isEqualTo(Origin.SYSTEM);
        assertThat(found.ffmpeg()).isEqualTo(bin.resolve("ffmpeg"));
        assertThat(found.ffprobe()).contains(bin.resolve("ffprobe"));
        assertThat(found.version()).isEqualTo("7.1.2");
    }

    @Test
    void the_system_ffmpeg_of_this_machine_is_used_if_it_is_good_enough() throws Exception {
        var found = FfmpegTools.find("", System.getenv("PATH"));

        assertThat(encodesH264(found.ffmpeg())).isTrue();
    }

    @Test
    void an_old_system_ffmpeg_is_passed_over() throws IOException {
        script("ffmpeg", "5.0.3");

        assertThat(FfmpegTools.find("", bin.toString()).origin()).isEqualTo(Origin.STATIC);
        assertThatThrownBy(() -> FfmpegTools.find("system", bin.toString())).hasMessageContaining("5.1 or newer");
    }

    @Test
    void the_static_one_can_be_forced() throws IOException {
        script("ffmpeg", "7.1.2");

        assertThat(FfmpegTools.find("static", bin.toString()).origin()).isEqualTo(Origin.STATIC);
    }

    @Test
    void a_path_can_be_forced() throws IOException {
        var chosen = script("my-ffmpeg", "4.0");

        var found = FfmpegTools.find(chosen.toString(), "");

        assertThat(found.ffmpeg()).isEqualTo(chosen);
        assertThat(found.origin()).isEqualTo(Origin.CHOSEN);
    }

    @Test
    void a_forced_path_without_what_we_need_is_refused() {
        assertThatThrownBy(() -> FfmpegTools.find("/bin/true", "")).hasMessageContaining("libx264");
    }

    /** The static ffmpeg under another version. */
    private Path script(String name, String version) throws IOException {
        var file = bin.resolve(name);
        Files.writeString(file, """
                #!/bin/sh
                [ "$1" = -version ] && { echo "ffmpeg version %s Copyright"; exit 0; }
                exec "%s" "$@"
                """.formatted(version, bundled));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private boolean encodesH264(Path ffmpeg) throws IOException, InterruptedException {
        var film = bin.resolve("film.mp4");
        var process = new ProcessBuilder(
                        ffmpeg.toString(),
                        "-nostdin",
                        "-v",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=d=0.2:s=64x64:r=24",
                        "-c:v",
                        "libx264",
                        film.toString())
                .inheritIO()
                .start();
        return process.waitFor() == 0 && Files.size(film) > 0;
    }
}
