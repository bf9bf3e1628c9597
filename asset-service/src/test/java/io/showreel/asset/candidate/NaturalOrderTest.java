package io.showreel.asset.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {

    @Test
    void numbers_in_names_count_as_numbers() {
        var ordered = List.of(
                "Bath 1", "bath 2", "bath 10", "bath 10a", "kitchen", "kitchen 1.jpg", "kitchen 02", "kitchen 3", "z");
        for (int seed = 0; seed < 50; seed++) {
            var shuffled = new ArrayList<>(ordered);
            Collections.shuffle(shuffled, new Random(seed));
            shuffled.sort(new NaturalOrder());
            assertThat(shuffled).isEqualTo(ordered);
        }
    }

    @Test
    void numbers_of_any_length_are_compared() {
        assertThat(new NaturalOrder().compare("a" + "9".repeat(40), "a1" + "0".repeat(40)))
                .isNegative();
    }
}
