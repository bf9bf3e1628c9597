package io.showreel.asset.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.embedded.FfmpegTools;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ProjectorTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "a.mp4, MP4, testsrc=size=320x240:duration=2, 320, 240, 2",
        "a.mov, MOV, testsrc=size=160x90:duration=1.5, 160, 90, 1.5",
        "a.webm, WEBM, testsrc=size=96x64:duration=1, 96, 64, 1",
        "a.wav, WAV, sine=duration=1.25, 0, 0, 1.25",
        "a.mp3, MP3, sine=duration=2, 0, 0, 2",
        "a.m4a, M4A, sine=duration=1, 0, 0, 1"
    })
    void what_plays_tells_its_size_and_length(
            String name, MediaFormat format, String source, int width, int height, BigDecimal duration)
            throws Exception {
        var file = spooled(Films.of(name, source), format);
        for (var projector : projectors()) {
            var footage = projector.look(file);
            assertThat(footage.dimensions()).isEqualTo(width == 0 ? null : new Dimensions(width, height));
            assertThat(footage.hasSound()).isEqualTo(width == 0);
            assertThat(footage.duration()).isBetween(duration, duration.add(new BigDecimal("0.1")));
        }
    }

    @ParameterizedTest
    @CsvSource({"90, 240, 320", "180, 320, 240", "270, 240, 320"})
    void a_film_taken_sideways_is_as_people_see_it(int turned, int width, int height) throws Exception {
        var film = spooled(Films.turned("turned.mp4", turned), MediaFormat.MP4);
        for (var projector : projectors()) {
            assertThat(projector.look(film).dimensions()).isEqualTo(new Dimensions(width, height));
        }
    }

    @Test
    void a_play_list_in_disguise_leads_nowhere() throws Exception {
        var list = "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n".getBytes();
        var disguised = spooled(list, MediaFormat.MP4);
        for (var projector : projectors()) {
            assertThat(projector.look(disguised)).isEqualTo(Footage.UNKNOWN);
        }
    }

    @Test
    void without_ffmpeg_nothing_is_known_and_nothing_fails() throws Exception {
        var blind = projector("/nowhere/ffmpeg");
        assertThat(blind.isThere()).isFalse();
        assertThat(blind.look(spooled(Films.mp4(20_000), MediaFormat.MP4))).isEqualTo(Footage.UNKNOWN);
    }

    /** With the FFmpeg that is found here, and with the one that is brought along where there is none. */
    private List<Projector> projectors() {
        return Stream.of(FfmpegTools.find(), FfmpegTools.bundled())
                .map(tools -> tools.ffmpeg().toString())
                .distinct()
                .map(this::projector)
                .toList();
    }

    private Projector projector(String program) {
        var settings = new Binder(
                        new MapConfigurationPropertySource(Map.of("showreel.uploads.folder", folder.toString())))
                .bind("showreel.uploads", UploadSettings.class)
                .get();
        return new Projector(settings, new ProjectorSettings(program, Duration.ofSeconds(20), 2));
    }

    private Spool.Spooled spooled(byte[] bytes, MediaFormat format) throws Exception {
        var file = Files.write(folder.resolve("stored"), bytes);
        return new Spool.Spooled(file, bytes.length, "", format);
    }
}
