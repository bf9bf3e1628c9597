package io.showreel.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=5|5",
                "wait=0|0",
                "Wait = 7|7",
                "wait=\"9\"|9",
                "wait=600|60",
                "wait=999999999|60",
                "wait=-1|20",
                "wait=soon|20",
                "return=minimal|20",
                "foo; wait=3|3"
            })
    void a_client_waits_as_long_as_it_says_within_reason(String header, int seconds) {
        assertThat(Preference.of(List.of(header))).isEqualTo(new Preference(false, Duration.ofSeconds(seconds)));
    }

    @Test
    void without_a_word_it_waits_twenty_seconds() {
        assertThat(Preference.of(List.of()).patience()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void respond_async_does_not_wait_whatever_else_is_said() {
        assertThat(Preference.of(List.of("respond-async, wait=10"))).isEqualTo(new Preference(true, Duration.ZERO));
    }
}
