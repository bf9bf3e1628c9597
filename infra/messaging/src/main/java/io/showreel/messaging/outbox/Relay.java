package io.showreel.messaging.outbox;

import io.r2dbc.spi.ConnectionFactory;
import io.showreel.messaging.Backoff;
import io.showreel.observability.tracing.Spans;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends what the outbox holds, oldest first, and deletes what Kafka has acknowledged. One blocking thread per instance;
 * an advisory lock lets one of all instances work at a time, so that the order holds.
 *
 * <p>What is sent and not yet deleted when the process dies is sent again: at least once. There is no cursor, as sequence
 * numbers commit out of order: what is in the table is to be sent. Neither Kafka nor the database being away ends the
 * thread.
 */
final class Relay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    /** When to look again if another instance is just sending: it may have read before our commit. */
    private static final Duration OTHERS_TURN = Duration.ofMillis(10);

    private enum Round {
        /** All that was there is sent. */
        DRAINED,
        /** There is probably more. */
        FULL,
        /** Another instance is sending. */
        NOT_OURS
    }

    private final ConnectionFactory connections;
    private final Map<String, Object> kafka;
    private final String source;
    private final RelaySettings settings;
    private final Spans spans;
    private final Backoff backoff;

    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    private @Nullable OutboxConnection connection;
    private @Nullable OutboxProducer producer;

    Relay(
            ConnectionFactory connections,
            Map<String, Object> kafka,
            String source,
            RelaySettings settings,
            Spans spans) {
        this.connections = connections;
        this.kafka = kafka;
        this.source = source;
        this.settings = settings;
        this.spans = spans;
        this.backoff = new Backoff(settings.poll(), settings.longestBackoff());
    }

    /** There is something to send. Cheap; called after each commit. */
    void wake() {
        woken.set(true);
        LockSupport.unpark(thread);
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().daemon().name("outbox-relay").start(this::relayUntilStopped);
    }

    /** Lets the round that is under way come to its end. */
    @Override
    public void stop() {
        running = false;
        var relaying = thread;
        if (relaying != null) {
            LockSupport.unpark(relaying);
            try {
                if (!relaying.join(settings.sendTimeout().plusSeconds(1))) {
                    relaying.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops after the listeners and the web server, whose last messages it sends. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void relayUntilStopped() {
        var failures = 0;
        var turns = new Backoff(OTHERS_TURN, settings.poll());
        var waits = 0;
        while (running) {
            woken.set(false);
            var pause = settings.poll();
            try {
                switch (relayOnce()) {
                    case DRAINED -> waits = 0;
                    case FULL -> {
                        waits = 0;
                        pause = Duration.ZERO;
                    }
                    case NOT_OURS -> pause = turns.after(++waits);
                }
                failures = 0;
            } catch (Throwable e) {
                // Throwable: whatever happened, a dead relay would be worse than one that tries again.
                pause = backoff.after(++failures);
                log.warn("Messages stay in the outbox; trying again in {} ms: {}", pause.toMillis(), e.toString());
                log.debug("Relaying failed", e);
                startAfresh();
                sleep(pause);
                continue;
            }
            if (!pause.isZero() && !woken.get()) {
                LockSupport.parkNanos(this, pause.toNanos());
            }
        }
        startAfresh();
    }

    private Round relayOnce() throws ExecutionException, InterruptedException {
        var outbox = connection();
        outbox.begin();
        if (!outbox.lock()) {
            outbox.rollback();
            return Round.NOT_OURS;
        }
        var messages = outbox.oldest(settings.batch());
        if (messages.isEmpty()) {
            outbox.rollback();
            return Round.DRAINED;
        }
        producer().send(messages);
        outbox.delete(messages);
        outbox.commit();
        return messages.size() == settings.batch() ? Round.FULL : Round.DRAINED;
    }

    private OutboxConnection connection() {
        var current = connection;
        if (current == null) {
            current = OutboxConnection.open(connections, settings.statementTimeout());
            connection = current;
        }
        return current;
    }

    private OutboxProducer producer() {
        var current = producer;
        if (current == null) {
            current = new OutboxProducer(kafka, source, settings.sendTimeout(), spans);
            producer = current;
        }
        return current;
    }

    /** Closing the connection rolls back; a new producer knows nothing of the messages that were not acknowledged. */
    private void startAfresh() {
        try (var abandoned = connection;
                var silenced = producer) {
            connection = null;
            producer = null;
        } catch (RuntimeException e) {
            log.debug("Closing failed", e);
        }
    }

    private void sleep(Duration pause) {
        var until = System.nanoTime() + pause.toNanos();
        for (var left = pause.toNanos(); running && left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }
}
