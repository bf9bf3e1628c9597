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
