package io.showreel.messaging;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(ofMillis(100), ofSeconds(5));

    @Test
    void doubles_up_to_the_longest() {
        assertThat(IntStream.rangeClosed(1, 8).mapToObj(backoff::after))
                .containsExactly(
                        ofMillis(100),
                        ofMillis(200),
                        ofMillis(400),
                        ofMillis(800),
                        ofMillis(1600),
                        ofMillis(3200),
                        ofSeconds(5),
                        ofSeconds(5));
    }

    @Test
    void stays_there_for_ever() {
        assertThat(backoff.after(Integer.MAX_VALUE)).isEqualTo(ofSeconds(5));
        assertThat(backoff.after(0)).isEqualTo(ofMillis(100));
    }
}
