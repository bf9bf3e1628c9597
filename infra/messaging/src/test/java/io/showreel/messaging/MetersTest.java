package io.showreel.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import io.showreel.messaging.Rumour.RumourDenied;
import io.showreel.messaging.Rumour.RumourHeard;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class MetersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void what_is_read_is_counted_by_what_it_did() {
        var topic = TestService.newName("rumours");
        var again = UUID.randomUUID();
        try (var wire = new Wire();
                var service = TestService.on(TestService.newDatabase())
                        .with("showreel.gauges.every", "200ms")
                        .writing(topic)
                        .reading(
                                topic,
                                Rumour.class,
                                (rumour, delivery) -> rumour instanceof RumourDenied
                                        ? Mono.error(new IllegalStateException("impossible"))
                                        : Mono.empty())
                        .start()) {
            Wire.awaitTopic(topic);
            wire.say(topic, "a", again, new RumourHeard("once", 1));
            wire.say(topic, "a", again, new RumourHeard("once", 1));
            wire.say(topic, "a", UUID.randomUUID(), new RumourHeard("other", 2));
            wire.say(topic, "a", UUID.randomUUID(), new RumourDenied("poison"));
            wire.flush();

            var meters = service.get(MeterRegistry.class);
            await().atMost(PATIENCE).until(() -> count(meters, "showreel.dead.letters", "topic", topic) == 1);
            await().atMost(PATIENCE)
                    .until(() ->
                            count(meters, "showreel.listener.messages", "topic", topic, "result", "effective") == 2);
            assertThat(count(meters, "showreel.listener.messages", "topic", topic, "result", "duplicate"))
                    .isEqualTo(1);
            assertThat(meters.get("showreel.listener.polls")
                            .tags("topic", topic, "outcome", "handled")
                            .timer()
                            .count())
                    .isPositive();
            assertThat(meters.get("showreel.outbox.messages").gauge().value()).isZero();
            assertThat(meters.get("showreel.outbox.age").gauge().value()).isZero();
        }
    }

    @Test
    void messages_that_wait_for_kafka_age() {
        try (var service = TestService.on(TestService.newDatabase())
                .with("spring.kafka.bootstrap-servers", "localhost:1")
                .with("showreel.gauges.every", "200ms")
                .start()) {
            service.say(new Message("rumours", "a", new RumourHeard("unheard", 1)));
            var meters = service.get(MeterRegistry.class);
            await().atMost(PATIENCE).until(() -> value(meters.find("showreel.outbox.messages")) == 1);
            await().atMost(PATIENCE).until(() -> value(meters.find("showreel.outbox.age")) > 1);
        }
    }

    @Test
    void only_what_was_committed_is_told() {
        var told = new CopyOnWriteArrayList<Message>();
        var kept = new Message("rumours", "a", new RumourHeard("kept", 1));
        try (var service = TestService.on(TestService.newDatabase())
                .with("spring.kafka.bootstrap-servers", "localhost:1")
                .hearing(message -> {
                    told.add(message);
                    throw new IllegalStateException("a listener's own trouble");
                })
                .start()) {
            var outbox = service.get(Outbox.class);
            assertThatThrownBy(() -> service.inTransaction(
                            outbox.append(new Message("rumours", "a", new RumourHeard("dropped", 2)))
                                    .then(Mono.error(new IllegalStateException("rolled back")))))
                    .hasMessageContaining("rolled back");
            service.say(kept);
            assertThat(told).containsExactly(kept);
        }
    }

    private static double count(MeterRegistry meters, String name, String... tags) {
        var counter = meters.find(name).tags(tags).counter();
        return counter == null ? 0 : counter.count();
    }

    private static double value(Search search) {
        var gauge = search.gauge();
        return gauge == null ? Double.NaN : gauge.value();
    }
}
