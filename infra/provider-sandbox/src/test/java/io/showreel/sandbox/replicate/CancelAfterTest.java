package io.showreel.sandbox.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.showreel.sandbox.http.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CancelAfterTest {
    @ParameterizedTest
    @CsvSource({"30,30", "30s,30", "5m,300", "1h30m45s,5445", "24h,86400", "5s,5"})
    void a_deadline_is_a_duration(String text, long seconds) {
        assertThat(CancelAfter.parse(text)).hasSeconds(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4s", "25h", "soon", "5s3m", "-10"})
    void others_are_refused(String text) {
        assertThatThrownBy(() -> CancelAfter.parse(text)).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(
                        refusal.reply().status())
                .isEqualTo(422));
    }
}
