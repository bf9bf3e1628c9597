package io.showreel.render.take;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DoorbellTest {

    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final Doorbell doorbell = new Doorbell();
    private final String take = "a take";

    @Test
    @Timeout(10)
    void a_ring_ends_the_wait() throws Exception {
        try (var door = doorbell.at(take)) {
            var waiting = Thread.ofVirtual().start(() -> await(door));
            doorbell.ring(take);
            waiting.join();
        }
    }

    @Test
    @Timeout(10)
    void a_ring_before_the_wait_is_not_lost() throws Exception {
        try (var door = doorbell.at(take)) {
            doorbell.ring(take);
            door.await(FOR_EVER);
        }
    }

    @Test
    @Timeout(10)
    void rings_are_heard_once() throws Exception {
        try (var door = doorbell.at(take)) {
            doorbell.ring(take);
            doorbell.ring(take);
            door.await(FOR_EVER);

            assertThat(waitsInVain(door)).isTrue();
        }
    }

    @Test
    void a_ring_at_another_door_or_before_this_one_was_there_is_not_heard() throws Exception {
        doorbell.ring(take);
        try (var door = doorbell.at(take)) {
            doorbell.ring("another take");

            assertThat(waitsInVain(door)).isTrue();
        }
    }

    @Test
    @Timeout(10)
    void whoever_took_over_hears_the_ring_and_not_who_lost_the_lease() throws Exception {
        try (var former = doorbell.at(take);
                var latter = doorbell.at(take)) {
            former.await(FOR_EVER);
            doorbell.ring(take);

            assertThat(waitsInVain(former)).isTrue();
            latter.await(FOR_EVER);
        }
    }

    @Test
    @Timeout(10)
    void a_door_that_is_closed_late_leaves_its_successor_s_open() throws Exception {
        var former = doorbell.at(take);
        try (var latter = doorbell.at(take)) {
            former.close();
            doorbell.ring(take);
            latter.await(FOR_EVER);
        }
    }

    private static boolean waitsInVain(Doorbell.Door door) throws InterruptedException {
        var patience = Duration.ofMillis(20);
        var begun = System.nanoTime();
        door.await(patience);
        return System.nanoTime() - begun >= patience.toNanos();
    }

    private static void await(Doorbell.Door door) {
        try {
            door.await(FOR_EVER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
