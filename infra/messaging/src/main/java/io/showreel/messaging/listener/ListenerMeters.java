package io.showreel.messaging.listener;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.BatchMessageListener;

/** Counts and times what is read of one topic. */
final class ListenerMeters {

    private final Timer handled;
    private final Timer repeated;
    private final Counter effective;
    private final Counter duplicates;
    private final Counter deadLetters;

    ListenerMeters(MeterRegistry registry, String topic) {
        this.handled = polls(registry, topic, "handled");
        this.repeated = polls(registry, topic, "repeated");
        this.effective = messages(registry, topic, "effective");
        this.duplicates = messages(registry, topic, "duplicate");
        this.deadLetters = Counter.builder("showreel.dead.letters")
                .description("Records that could not be handled and wait for a person")
                .tag("topic", topic)
                .register(registry);
    }

    private static Timer polls(MeterRegistry registry, String topic, String outcome) {
        return Timer.builder("showreel.listener.polls")
                .description("Time to handle the records of one poll; repeated ones failed for the infrastructure")
                .tags("topic", topic, "outcome", outcome)
                .register(registry);
    }

    private static Counter messages(MeterRegistry registry, String topic, String result) {
        return Counter.builder("showreel.listener.messages")
                .description("Messages that were read; a duplicate is known to the inbox and changes nothing")
                .tags("topic", topic, "result", result)
                .register(registry);
    }

    /** Times each poll of the listener. */
    BatchMessageListener<byte[], byte[]> timing(BatchMessageListener<byte[], byte[]> listener) {
        return polled -> time(listener, polled);
    }

    private void time(BatchMessageListener<byte[], byte[]> listener, List<ConsumerRecord<byte[], byte[]>> polled) {
        var start = System.nanoTime();
        var timer = repeated;
        try {
            listener.onMessage(polled);
            timer = handled;
        } finally {
            timer.record(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** A transaction with these messages has committed. */
    void handled(int messages, int unseen) {
        effective.increment(unseen);
        duplicates.increment(messages - unseen);
    }

    void deadLetter() {
        deadLetters.increment();
    }
}
