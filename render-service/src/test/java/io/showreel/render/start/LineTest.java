package io.showreel.render.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.render.take.Ledger.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineTest {

    private final List<Waiting> all =
            IntStream.range(0, 200).mapToObj(n -> take(n % 50)).toList();

    @Test
    void the_rest_moves_up_with_the_front() {
        var line = Line.whole(all).moved(all.subList(7, 7 + Line.FRONT));

        assertThat(line.takes()).isEqualTo(all.subList(7, 200));
        assertThat(line.moved(all.subList(60, 60 + Line.FRONT)).takes()).isEqualTo(all.subList(60, 200));
    }

    @Test
    void who_enters_in_front_pushes_the_others_back() {
        var stranger = take(1000);
        var front = new ArrayList<>(all.subList(1, Line.FRONT));
        front.addFirst(stranger);

        var line = Line.whole(all).moved(front);

        assertThat(line.takes())
                .startsWith(stranger, all.get(1))
                .endsWith(all.getLast())
                .hasSize(200);
        assertThat(line.strangers()).containsExactly(1000L);
    }

    @Test
    void a_front_of_strangers_only_stands_before_all_others() {
        var front = IntStream.range(0, Line.FRONT).mapToObj(n -> take(1000 + n)).toList();

        assertThat(Line.whole(all).moved(front).takes()).hasSize(240).endsWith(all.getLast());
    }

    @Test
    void where_all_was_seen_nobody_is_a_stranger() {
        assertThat(Line.whole(all).strangers()).isEmpty();
    }

    private static Waiting take(long job) {
        return new Waiting(UUID.randomUUID(), job, "model");
    }
}
