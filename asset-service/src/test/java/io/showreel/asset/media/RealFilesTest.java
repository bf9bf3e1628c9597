package io.showreel.asset.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as a real encoder writes them, beside those that tests make up. */
class RealFilesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "a.mp4, testsrc=size=64x48:duration=0.2, MP4",
        "a.mov, testsrc=size=64x48:duration=0.2, MOV",
        "a.m4a, sine=duration=0.2, M4A",
        "a.wav, sine=duration=0.2, WAV"
    })
    void what_an_encoder_writes_is_recognised(String name, String source, MediaFormat format) throws Exception {
        var file = encode(name, source);
        var bytes = Files.readAllBytes(file);
        assertThat(MagicBytes.tell(Arrays.copyOf(bytes, MagicBytes.NEEDED))).isEqualTo(format);
        assertThat(format.mayBeNamed(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"portrait.jpg, 270, 480", "four-by-three.jpg, 640, 480", "wide.png, 320, 180"})
    void the_dimensions_of_encoded_pictures_are_read(String name, int width, int height) throws Exception {
        var file = encode(name, "testsrc=size=%dx%d:duration=0.1".formatted(width, height), "-frames:v", "1");
        var head = Arrays.copyOf(Files.readAllBytes(file), MagicBytes.NEEDED);
        var spooled = new Spool.Spooled(file, Files.size(file), "", MagicBytes.tell(head));
        var picture = Picture.read(spooled);
        assertThat(picture.stored()).isEqualTo(new Dimensions(width, height));
        assertThat(picture.orientation()).isEqualTo(1);
    }

    private Path encode(String name, String source, String... options) throws Exception {
        return Files.write(folder.resolve(name), Films.of(name, source, options));
    }
}
