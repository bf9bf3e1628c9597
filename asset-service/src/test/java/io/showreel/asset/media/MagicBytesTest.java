package io.showreel.asset.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.showreel.web.ApiException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MagicBytesTest {

    static Stream<Arguments> taken() {
        return Stream.of(
                Arguments.of(MediaFormat.JPEG, Pictures.jpeg(4, 3)),
                Arguments.of(MediaFormat.PNG, Pictures.png(4, 3)),
                Arguments.of(MediaFormat.WEBP, Pictures.webp(4, 3)),
                Arguments.of(MediaFormat.MP4, Pictures.boxes("isom", 64)),
                Arguments.of(MediaFormat.MP4, Pictures.boxes("mp42", 64)),
                Arguments.of(MediaFormat.MOV, Pictures.boxes("qt  ", 64)),
                Arguments.of(MediaFormat.MOV, Pictures.starting("\0\0\0\10moov")),
                Arguments.of(MediaFormat.M4A, Pictures.boxes("M4A ", 64)),
                Arguments.of(MediaFormat.WEBM, Pictures.starting("\u001A\u0045\u00DF\u00A3\u0093B\u0082\u0084webm")),
                Arguments.of(MediaFormat.MP3, Pictures.starting("ID3\4")),
                Arguments.of(MediaFormat.MP3, Pictures.starting("\u00FF\u00FB\u0090\u0064")),
                Arguments.of(MediaFormat.WAV, Pictures.starting("RIFF\0\0\0\0WAVEfmt ")));
    }

    @ParameterizedTest
    @MethodSource("taken")
    void what_is_taken_is_told_by_its_first_bytes(MediaFormat format, byte[] head) {
        assertThat(MagicBytes.tell(head)).isEqualTo(format);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GIF89a",
                "<svg xmlns='http://www.w3.org/2000/svg'>",
                "<html><script>",
                "%PDF-1.7",
                "RIFF\0\0\0\0AVI LIST",
                "\u001A\u0045\u00DF\u00A3\u0093B\u0082\u0088matroska",
                "\u00FF\u00F1\u0050\u0080",
                "\0\0\0\30ftypavif",
                "PK\3\4",
                "",
                "\u00FF"
            })
    void all_else_is_refused(String head) {
        assertThatThrownBy(() -> MagicBytes.tell(Pictures.starting(head)))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.status().value()).isEqualTo(415));
        assertThatThrownBy(() -> MagicBytes.tell(head.getBytes())).isInstanceOf(ApiException.class);
    }

    @Test
    void heic_is_refused_with_what_to_do_about_it() {
        assertThatThrownBy(() -> MagicBytes.tell(Pictures.boxes("heic", 64)))
                .hasMessageContaining("HEIC")
                .hasMessageContaining("export it as JPEG");
    }
}
