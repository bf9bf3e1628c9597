package io.showreel.messaging.inbox;

import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Forgets messages that can't come again. */
final class InboxSweep {

    private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(1);
    private static final int CHUNK = 10_000;

    private final DatabaseClient database;
    private final InboxSettings settings;

    InboxSweep(DatabaseClient database, InboxSettings settings) {
        this.database = database;
        this.settings = settings;
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
