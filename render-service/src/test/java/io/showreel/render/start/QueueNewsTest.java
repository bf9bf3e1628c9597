package io.showreel.render.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueNewsTest {

    @ParameterizedTest
    @CsvSource({"5, 4", "4, 3", "2, 1", "1, 2"})
    void those_in_front_hear_of_each_step(int before, int now) {
        assertThat(QueueNews.isNews(before, now)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"40, 32", "10, 8", "10, 12", "40, 1"})
    void those_further_back_hear_once_they_moved_by_a_fifth(int before, int now) {
        assertThat(QueueNews.isNews(before, now)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"40, 33", "40, 40", "10, 9", "3, 3"})
    void less_is_no_news(int before, int now) {
        assertThat(QueueNews.isNews(before, now)).isFalse();
    }
}
