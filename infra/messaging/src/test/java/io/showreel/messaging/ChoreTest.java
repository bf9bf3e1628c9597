package io.showreel.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChoreTest {

    @Test
    void is_done_at_the_start_and_again_and_again_although_it_fails() throws InterruptedException {
        var done = new Semaphore(0);
        var chore = new Chore("chore", Duration.ofMillis(1), () -> {
            done.release();
            throw new IllegalStateException("The broom is broken");
        });

        chore.start();

        assertThat(chore.isRunning()).isTrue();
        assertThat(done.tryAcquire(3, 10, TimeUnit.SECONDS)).isTrue();
        chore.stop();
        assertThat(chore.isRunning()).isFalse();
    }

    @Test
    void ends_when_it_is_stopped_in_the_midst_of_it() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var chore = new Chore("chore", Duration.ofHours(1), () -> {
            begun.countDown();
            try {
                Thread.sleep(Duration.ofHours(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                interrupted.countDown();
            }
        });

        chore.start();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        chore.stop();

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
