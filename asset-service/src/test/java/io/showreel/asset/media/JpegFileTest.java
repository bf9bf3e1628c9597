package io.showreel.asset.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which photos are believed without being decoded. */
class JpegFileTest {

    private static final int FRAME = 0xC0;
    private static final int HUFFMAN = 0xC4;

    @TempDir
    private Path folder;

    @Test
    void a_whole_photo_of_the_common_kind_is_believed() throws IOException {
        assertThat(read(Pictures.jpeg(40, 30)).proven()).isTrue();
    }

    @Test
    void one_that_is_coded_arithmetically_has_to_be_decoded_first() throws IOException {
        var photo = Pictures.jpeg(40, 30);
        photo[markerAt(photo, FRAME) + 1] = (byte) 0xC9;

        assertThat(read(photo).proven()).isFalse();
    }

    @Test
    void one_of_four_colours_has_to_be_decoded_first() throws IOException {
        var photo = Pictures.jpeg(40, 30);
        photo[markerAt(photo, FRAME) + 9] = 4;

        assertThat(read(photo).proven()).isFalse();
    }

    @Test
    void one_without_codes_has_to_be_decoded_first() throws IOException {
        var photo = Pictures.jpeg(40, 30);
        for (var at = markerAt(photo, HUFFMAN); at >= 0; at = markerAt(photo, HUFFMAN)) {
            photo[at + 1] = (byte) 0xEE;
        }

        assertThat(read(photo).proven()).isFalse();
    }

    private Picture read(byte[] photo) throws IOException {
        var file = Files.write(folder.resolve("photo"), photo);
        return Picture.read(new Spool.Spooled(file, photo.length, "", MediaFormat.JPEG));
    }

    private static int markerAt(byte[] photo, int marker) {
        for (var at = 0; at < photo.length - 1; at++) {
            if (photo[at] == (byte) 0xFF && photo[at + 1] == (byte) marker) {
                return at;
            }
        }
        return -1;
    }
}
