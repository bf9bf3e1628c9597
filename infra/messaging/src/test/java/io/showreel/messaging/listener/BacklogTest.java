package io.showreel.messaging.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.showreel.messaging.Backlog;
import io.showreel.messaging.Message;
import io.showreel.messaging.Rumour;
import io.showreel.messaging.Rumour.RumourHeard;
import io.showreel.messaging.TestService;
import io.showreel.messaging.Wire;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class BacklogTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String topic = TestService.newName("rumours");

    @Test
    void is_read_when_the_effects_of_all_that_was_said_are_committed() {
        var gate = new CountDownLatch(1);
        try (var service = TestService.on(TestService.newDatabase())
                .writing(topic)
                .reading(topic, Rumour.class, (rumour, delivery) -> Mono.<Void>fromRunnable(() -> pass(gate))
                        .subscribeOn(Schedulers.boundedElastic()))
                .start()) {
            var backlog = service.get(Backlog.class);
            service.say(
                    new Message(topic, "a", new RumourHeard("Ann", 1)),
                    new Message(topic, "b", new RumourHeard("Bo", 1)));
            await().atMost(PATIENCE).until(() -> service.count("outbox") == 0);

            var snapshot = backlog.snapshot();
            assertThat(snapshot.ends()).isNotEmpty();
            assertThat(backlog.isRead(snapshot)).isFalse();
            gate.countDown();
            await().atMost(PATIENCE).until(() -> backlog.isRead(snapshot));

            assertThat(service.count("inbox")).isEqualTo(2);
        }
    }

    @Test
    void is_read_where_nothing_was_ever_said() {
        var undeclared = TestService.newName("silence");
        try (var service = TestService.on(TestService.newDatabase())
                .writing(topic)
                .reading(topic, Rumour.class, (rumour, delivery) -> Mono.empty())
                .reading(undeclared, Rumour.class, (rumour, delivery) -> Mono.empty())
                .start()) {
            Wire.awaitTopic(topic);
            var backlog = service.get(Backlog.class);

            assertThat(backlog.isRead(backlog.snapshot())).isTrue();
        }
    }

    @Test
    void is_unknown_without_kafka() {
        var nobody = Map.<String, Object>of("bootstrap.servers", "localhost:1");
        try (var backlog = new KafkaBacklog(nobody, new Group("reader"), () -> Set.of(topic), Duration.ofMillis(300))) {
            assertThatThrownBy(backlog::snapshot).isInstanceOf(Backlog.BacklogUnknownException.class);
            assertThat(backlog.isRead(new Backlog.Snapshot(Map.of(new TopicPartition(topic, 0), 1L))))
                    .isFalse();
        }
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
