package io.showreel.messaging.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeldLeaseTest {

    private static final Duration FRESH_FOR = Duration.ofMinutes(1);

    @Test
    void is_fresh_while_the_last_heartbeat_is_young() {
        assertThat(beatenBefore(Duration.ofSeconds(59)).lease().isFresh()).isTrue();
        assertThat(beatenBefore(Duration.ofSeconds(60)).lease().isFresh()).isFalse();
    }

    @Test
    void a_heartbeat_makes_it_fresh_again() {
        var held = beatenBefore(Duration.ofMinutes(2));
        held.beat(System.nanoTime());
        assertThat(held.lease().isFresh()).isTrue();
    }

    @Test
    void a_lost_lease_is_never_fresh_again() {
        var held = beatenBefore(Duration.ZERO);
        held.lose();
        held.beat(System.nanoTime());
        assertThat(held.lease().isFresh()).isFalse();
    }

    private static HeldLease beatenBefore(Duration age) {
        var claimed = new LeaseTable.Claimed("key", 3, 1);
        return new HeldLease("queue", "owner", claimed, System.nanoTime() - age.toNanos(), FRESH_FOR);
    }
}
