package io.showreel.messaging.outbox;

import io.showreel.messaging.AfterCommit;
import io.showreel.messaging.CloudEvents;
import io.showreel.messaging.CommitListener;
import io.showreel.messaging.Message;
import io.showreel.messaging.Origin;
import io.showreel.messaging.Outbox;
import io.showreel.messaging.PayloadTooLargeException;
import io.showreel.messaging.Vocabulary;
import io.showreel.messaging.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/** Writes a transaction's messages with one statement; after its commit it wakes the relay and tells who listens. */
final class R2dbcOutbox implements Outbox {

    private static final Logger log = LoggerFactory.getLogger(R2dbcOutbox.class);

    static final DataSize LARGEST_PAYLOAD = DataSize.ofKilobytes(512);

    private final DatabaseClient database;
    private final Runnable wakeRelay;
    private final List<CommitListener> listeners;

    R2dbcOutbox(DatabaseClient database, Runnable wakeRelay, List<CommitListener> listeners) {
        this.database = database;
        this.wakeRelay = wakeRelay;
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public Mono<Void> append(List<Message> messages) {
        if (messages.isEmpty()) {
            return Mono.empty();
        }
        return Mono.deferContextual(context -> {
            var headers = json(Origin.in(context));
            var payloads = messages.stream().map(R2dbcOutbox::payload).toList();
            return AfterCommit.run(() -> tell(messages)).then(insert(messages, payloads, headers));
        });
    }

    private Mono<Void> insert(List<Message> messages, List<String> payloads, String headers) {
        return database.sql("""
            insert into outbox (aggregatetype, aggregateid, type, payload, headers, created_at)
            select topic, key, type, payload::json, :headers::json, clock_timestamp()
            from unnest(:topics::text[], :keys::text[], :types::text[], :payloads::text[])
                with ordinality as message (topic, key, type, payload, position)
            order by position
            """)
                .bind("headers", headers)
                .bind("topics", messages.stream().map(Message::topic).toArray(String[]::new))
                .bind("keys", messages.stream().map(Message::key).toArray(String[]::new))
                .bind("types", messages.stream().map(R2dbcOutbox::type).toArray(String[]::new))
                .bind("payloads", payloads.toArray(String[]::new))
                .then();
    }

    /** A listener that fails must not make a committed transaction look failed. */
    private void tell(List<Message> messages) {
        wakeRelay.run();
        for (var listener : listeners) {
            try {
                messages.forEach(listener::committed);
            } catch (RuntimeException e) {
                log.warn("A listener failed at committed messages", e);
            }
        }
    }

    private static String type(Message message) {
        return Vocabulary.typeOf(message.payload().getClass());
    }

    private static String payload(Message message) {
        var payload = WireJson.mapper().writeValueAsString(message.payload());
        var size = DataSize.ofBytes(payload.getBytes(StandardCharsets.UTF_8).length);
        if (size.compareTo(LARGEST_PAYLOAD) > 0) {
            throw new PayloadTooLargeException(type(message), size, LARGEST_PAYLOAD);
        }
        return payload;
    }

    private static String json(Origin origin) {
        var headers = new HashMap<String, String>();
        if (origin.requestId() != null) {
            headers.put(CloudEvents.REQUEST_ID, origin.requestId());
        }
        if (origin.traceparent() != null) {
            headers.put(CloudEvents.TRACEPARENT, origin.traceparent());
        }
        if (origin.causationId() != null) {
            headers.put(CloudEvents.CAUSATION_ID, origin.causationId().toString());
        }
        return WireJson.mapper().writeValueAsString(headers);
    }
}
