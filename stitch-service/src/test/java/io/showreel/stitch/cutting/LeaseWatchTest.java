package io.showreel.stitch.cutting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.showreel.messaging.Lease;
import io.showreel.stitch.cutting.Editor.StoppedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaseWatchTest {

    private final List<Integer> told = new ArrayList<>();
    private boolean fresh = true;
    private boolean wanted = true;
    private long now;

    private final LeaseWatch watch = new LeaseWatch(
            new Lease("cut", "7:1", "me", 1, 1, () -> fresh),
            percent -> {
                told.add(percent);
                return wanted;
            },
            () -> now);

    @Test
    void progress_is_told_at_most_once_a_second() {
        for (int look = 1; look <= 100; look++) {
            now += Duration.ofMillis(30).toNanos();
            watch.at(look);
        }

        assertThat(told).as("within three seconds").containsExactly(34, 68);
    }

    @Test
    void work_that_is_no_longer_wanted_stops_within_a_second() {
        wanted = false;
        watch.at(1);

        now += Duration.ofSeconds(1).toNanos();

        assertThatThrownBy(() -> watch.at(2)).isInstanceOf(StoppedException.class);
    }

    @Test
    void work_whose_lease_is_over_stops_at_once_and_tells_nothing() {
        fresh = false;

        assertThatThrownBy(() -> watch.at(1)).isInstanceOf(StoppedException.class);
        assertThat(told).isEmpty();
    }
}
