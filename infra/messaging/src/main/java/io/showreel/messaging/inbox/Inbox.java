package io.showreel.messaging.inbox;

import java.util.Collection;
import java.util.HashSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The messages that took effect. Entered in the transaction of their effect, so both are there or neither. */
public final class Inbox {

    private final DatabaseClient database;

    Inbox(DatabaseClient database) {
        this.database = database;
    }

    /** Enters the messages and tells which of them are new. The set is the caller's to change. */
    public Mono<HashSet<UUID>> enter(Collection<UUID> messages) {
        // In order of id: two transactions that enter the same messages wait for each other, but not in a circle.
        return database.sql("""
                        insert into inbox (message_id)
                        select distinct id from unnest(:messages::uuid[]) as id order by id
                        on conflict do nothing
                        returning message_id
                        """)
                .bind("messages", messages.toArray(UUID[]::new))
                .mapValue(UUID.class)
                .all()
                .collect(Collectors.toCollection(HashSet::new));
    }
}
