package io.showreel.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kitchen 1.jpg | kitchen 1.jpg",
                "../../etc/passwd | passwd",
                "C:\\photos\\bath.jpg | bath.jpg",
                "a\"; filename=\"b.exe | a_; filename=_b.exe",
                "...hidden | hidden",
                "Küche-日本.png | Küche-日本.png",
                ".. | unnamed",
                "/ | unnamed"
            })
    void a_name_is_made_harmless(String given, String expected) {
        assertThat(FileNames.harmless(given)).isEqualTo(expected);
    }

    @Test
    void nothing_invisible_stays() {
        assertThat(FileNames.harmless("a\r\nSet-Cookie: x=1\u0000\u202Egpj.exe"))
                .isEqualTo("aSet-Cookie_ x=1gpj.exe");
    }

    @Test
    void a_long_name_is_cut_between_characters() {
        assertThat(FileNames.harmless("😀".repeat(300)).codePointCount(0, 400)).isEqualTo(200);
    }
}
