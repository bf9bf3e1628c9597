package io.showreel.messaging.lease;

import io.r2dbc.spi.ConnectionFactory;
import io.showreel.messaging.Backoff;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows that this process lives, and ends the leases of those that don't. Each process holds an advisory lock of its own
 * over a connection that serves nothing else; however it dies, its operating system closes the connection and the server
 * frees the lock. The owner of a lease carries the number of its lock in its name.
 *
 * <p>A lock that is gone is no perfect proof: the server may have restarted, or cut a living process off. So it ends only
 * leases of queues that bear it, and the epoch refuses what the former owner still confirms. A machine that vanishes
 * without closing anything keeps its lock until the server gives its connection up; its leases run out as ever.
 */
final class Presence {

    private static final Logger log = LoggerFactory.getLogger(Presence.class);

    private static final Duration EVERY = Duration.ofMillis(500);

    private static final Backoff RETRY = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

    private final ConnectionFactory connections;
    private final List<String> queues;
    private final Duration timeout;
    private final Consumer<String> wake;
    private final int number = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);

    private volatile boolean shown;
    private volatile boolean stopping;
    private volatile @Nullable Thread thread;
    private @Nullable PresenceConnection connection;

    /**
     * @param queues whose leases end with their owners
     * @param wake told of each queue in which something became due
     */
    Presence(ConnectionFactory connections, Collection<String> queues, Duration timeout, Consumer<String> wake) {
        this.connections = connections;
        this.queues = List.copyOf(queues);
        this.timeout = timeout;
        this.wake = wake;
    }

    /** The name for the owner of leases that end with this process. */
    String signed(String owner) {
        return owner + PresenceConnection.SIGN + number;
    }

    /** Whether it was shown at least once: who leased anything before would pass for dead. */
    boolean isShown() {
        return shown;
    }

    void start() {
        if (queues.isEmpty()) {
            return;
        }
        stopping = false;
        thread = Thread.ofPlatform().daemon().name("presence").start(this::showUntilStopped);
    }

    void stop() throws InterruptedException {
        stopping = true;
        var showing = thread;
        if (showing != null) {
            LockSupport.unpark(showing);
            showing.join(timeout);
        }
    }

    private void showUntilStopped() {
        var failures = 0;
        while (!stopping) {
            var pause = EVERY;
            try {
                showAndLookAround();
                failures = 0;
            } catch (RuntimeException e) {
                pause = RETRY.after(++failures);
                log.warn("Leases end by their time only; trying again in {} ms: {}", pause.toMillis(), e.toString());
                disconnect();
            }
            LockSupport.parkNanos(this, pause.toNanos());
        }
        disconnect();
    }

    private void showAndLookAround() {
        var current = connection;
        if (current == null) {
            current = PresenceConnection.open(connections, timeout);
            connection = current;
            current.lock(number);
        }
        if (!shown) {
            shown = true;
            queues.forEach(wake);
        }
        for (var freed : current.endLeasesOfTheDead(queues)) {
            log.info("Took work of {} over from a process that is gone", freed);
            wake.accept(freed);
        }
    }

    private void disconnect() {
        var abandoned = connection;
        connection = null;
        if (abandoned != null) {
            abandoned.close();
        }
    }
}
