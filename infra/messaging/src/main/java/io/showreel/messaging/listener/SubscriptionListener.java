package io.showreel.messaging.listener;

import io.showreel.messaging.LogContext;
import io.showreel.messaging.MessageSpans;
import io.showreel.messaging.Subscription;
import io.showreel.messaging.inbox.Inbox;
import io.showreel.observability.tracing.Spans;
import io.showreel.observability.tracing.TraceSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Handles the records of a poll in one transaction together with the inbox. If that fails, handles them again one by one,
 * so that only the record at fault goes to the dead letters.
 *
 * <p>Returning means that each record either took effect or is a dead letter, and so permits the commit of the offsets. An
 * exception means that the infrastructure failed: the whole poll comes again, and the inbox knows what took effect.
 */
final class SubscriptionListener<T> implements BatchMessageListener<byte[], byte[]> {

    private static final Logger log = LoggerFactory.getLogger(SubscriptionListener.class);

    private final MessageLog messages = new MessageLog();
    private final Subscription<T> subscription;
    private final RecordReader<T> reader;
    private final Inbox inbox;
    private final DeadLetters deadLetters;
    private final TransactionalOperator transaction;
    private final Duration timeout;
    private final int tries;
    private final ListenerMeters meters;
    private final Spans spans;

    SubscriptionListener(
            Subscription<T> subscription,
            Inbox inbox,
            DeadLetters deadLetters,
            TransactionalOperator transaction,
            ListenerSettings settings,
            ListenerMeters meters,
            Spans spans) {
        this.subscription = subscription;
        this.reader = new RecordReader<>(subscription.vocabulary());
        this.inbox = inbox;
        this.deadLetters = deadLetters;
        this.transaction = transaction;
        this.timeout = settings.transactionTimeout();
        this.tries = settings.tries();
        this.meters = meters;
        this.spans = spans;
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> polled) {
        var readable = readable(polled);
        try {
            handle(readable);
        } catch (RuntimeException e) {
            if (readable.size() > 1) {
                log.info(
                        "{} messages of {} are handled one by one, as together they failed: {}",
                        readable.size(),
                        subscription.topic(),
                        e.toString());
            }
            readable.forEach(this::handleAlone);
        }
    }

    /** In order of their keys, so that transactions of different topics lock their rows in the same order. */
    private List<Incoming<T>> readable(List<ConsumerRecord<byte[], byte[]>> polled) {
        var readable = new ArrayList<Incoming<T>>(polled.size());
        for (var kafkaRecord : polled) {
            try {
                readable.add(reader.read(kafkaRecord));
            } catch (UnreadableRecordException e) {
                deadLetters.keep(kafkaRecord, e);
                meters.deadLetter();
            }
        }
        readable.sort(Comparator.comparing(incoming -> incoming.delivery().key()));
        return readable;
    }

    private void handleAlone(Incoming<T> incoming) {
        try (var ignored =
                LogContext.open(incoming.delivery().key(), incoming.delivery().origin())) {
            tryAlone(incoming);
        }
    }

    private void tryAlone(Incoming<T> incoming) {
        for (var attempt = 1; ; attempt++) {
            try {
                handle(List.of(incoming));
                return;
            } catch (RuntimeException e) {
                if (Failures.isInfrastructure(e)) {
                    throw e;
                }
                if (attempt == tries) {
                    deadLetters.keep(incoming.kafkaRecord(), e);
                    meters.deadLetter();
                    return;
                }
            }
        }
    }

    private void handle(List<Incoming<T>> messages) {
        if (messages.isEmpty()) {
            return;
        }
        var effective = inbox.enter(messages.stream()
                        .map(incoming -> incoming.delivery().id())
                        .toList())
                .flatMap(unseen -> {
                    var count = unseen.size();
                    return Flux.fromIterable(messages)
                            // Removed, not looked up: a message may be twice in one poll.
                            .filter(incoming ->
                                    unseen.remove(incoming.delivery().id()))
                            .concatMap(this::handle)
                            .then(Mono.just(count));
                })
                .as(transaction::transactional)
                .block(timeout);
        meters.handled(messages.size(), Objects.requireNonNull(effective));
    }

    private Mono<Void> handle(Incoming<T> incoming) {
        return Mono.using(() -> begin(incoming), span -> handle(incoming, span), TraceSpan::close);
    }

    private Mono<Void> handle(Incoming<T> incoming, TraceSpan span) {
        var delivery = incoming.delivery().under(span.traceparent());
        return Mono.justOrEmpty(incoming.message())
                .flatMap(message -> subscription.handler().on(message, delivery))
                .doOnSuccess(done -> messages.effective(incoming))
                .doOnError(span::failed)
                .contextWrite(delivery.origin().write());
    }

    private TraceSpan begin(Incoming<T> incoming) {
        var delivery = incoming.delivery();
        var span = spans.begin(
                "process " + subscription.topic(),
                Spans.Kind.CONSUMER,
                delivery.origin().traceparent());
        if (span.isKept()) {
            MessageSpans.describe(span, delivery.topic(), delivery.id(), delivery.key(), incoming.type());
        }
        return span;
    }
}
