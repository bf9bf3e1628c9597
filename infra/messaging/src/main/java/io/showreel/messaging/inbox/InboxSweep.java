package io.showreel.messaging.inbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;

/** Forgets messages that can't come again. */
final class InboxSweep implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(InboxSweep.class);
    private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(1);
    private static final int CHUNK = 10_000;

    private final DatabaseClient database;
    private final InboxSettings settings;
    private volatile @Nullable Thread thread;

    InboxSweep(DatabaseClient database, InboxSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("inbox-sweep").start(this::sweepUntilStopped);
    }

    @Override
    public void stop() {
        var sweeping = thread;
        if (sweeping != null) {
            sweeping.interrupt();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void sweepUntilStopped() {
        try {
            while (true) {
                try {
                    sweep();
                } catch (RuntimeException e) {
                    log.warn("The inbox was not swept; trying again in {}: {}", settings.sweepEvery(), e.toString());
                }
                Thread.sleep(settings.sweepEvery());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** In chunks, so that no transaction takes long. */
    void sweep() {
        long removed;
        do {
            removed = removeSome();
        } while (removed == CHUNK);
    }

    private long removeSome() {
        Long removed = database.sql("""
                        delete from inbox where message_id in (
                            select message_id from inbox
                            where received_at < now() - :keep * interval '1 second' limit :chunk)
                        """)
                .bind("keep", settings.keep().toSeconds())
                .bind("chunk", CHUNK)
                .fetch()
                .rowsUpdated()
                .block(STATEMENT_TIMEOUT);
        return removed == null ? 0 : removed;
    }
}
