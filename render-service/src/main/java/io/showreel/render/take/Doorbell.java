package io.showreel.render.take;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Wakes who follows a take, or starts the takes of an account, as soon as there is news. It reaches this process only:
 * with several replicas, news may come to another one, and is seen at the next look.
 */
@Component
public class Doorbell {

    private final Map<String, Semaphore> doors = new ConcurrentHashMap<>();

    /** Rings of whoever has news of this take or account, from now on until the door is closed. */
    public Door at(String name) {
        var rings = new Semaphore(0);
        var former = doors.put(name, rings);
        if (former != null) {
            // Who waits there has lost the lease, and must not hear what is meant for its successor.
            former.release();
        }
        return new Door(rings, () -> doors.remove(name, rings));
    }

    /** @param name the id of a take, or the name of an account */
    public void ring(String name) {
        var rings = doors.get(name);
        if (rings != null) {
            rings.release();
        }
    }

    /** A ring is not lost while nobody waits at the door. */
    public static final class Door implements AutoCloseable {

        private final Semaphore rings;
        private final Runnable closing;

        private Door(Semaphore rings, Runnable closing) {
            this.rings = rings;
            this.closing = closing;
        }

        public void ring() {
            rings.release();
        }

        public void await(Duration atMost) throws InterruptedException {
            if (rings.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                rings.drainPermits();
            }
        }

        @Override
        public void close() {
            closing.run();
        }
    }
}
