package io.showreel.messaging.outbox;

import static io.showreel.messaging.Wire.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.embedded.KafkaServer;
import io.showreel.messaging.Message;
import io.showreel.messaging.Rumour;
import io.showreel.messaging.Rumour.RumourHeard;
import io.showreel.messaging.TestService;
import io.showreel.messaging.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class RelayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String topic = TestService.newName("rumours");

    @Test
    void a_relay_that_dies_between_sending_and_deleting_sends_twice_and_it_counts_once() {
        var heard = new CopyOnWriteArrayList<Rumour>();
        try (var service = TestService.on(TestService.newDatabase())
                .writing(topic)
                .reading(topic, Rumour.class, (rumour, delivery) -> Mono.fromRunnable(() -> heard.add(rumour)))
                .start()) {
            // The connection breaks after the send, before the deletion is committed: what a kill -9 there leaves.
            service.execute("""
                    create function break() returns trigger language plpgsql as
                    $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$
                    """);
            service.execute("create trigger break before delete on outbox for each statement execute function break()");
            service.say(new Message(topic, "a", new RumourHeard("Ann", 1)));
            Wire.awaitTopic(topic);
            await().atMost(PATIENCE).until(() -> Wire.everythingIn(topic).size() >= 2);
            service.execute("drop trigger break on outbox");
            service.say(new Message(topic, "a", new RumourHeard("Ann", 2)));
            await().atMost(PATIENCE).until(() -> service.count("outbox") == 0);

            await().atMost(PATIENCE).until(() -> heard.contains(new RumourHeard("Ann", 2)));
            assertThat(heard).containsExactly(new RumourHeard("Ann", 1), new RumourHeard("Ann", 2));
            assertThat(idsIn(Wire.everythingIn(topic))).hasSize(2);
        }
    }

    @Test
    void two_instances_relay_one_outbox_in_order() {
        var database = TestService.newDatabase();
        try (var one = TestService.on(database).writing(topic).start();
                var other = TestService.on(database).writing(topic).start()) {
            for (var number = 1; number <= 100; number++) {
                (number % 3 == 0 ? one : other).say(new Message(topic, "a", new RumourHeard("Ann", number)));
            }
            await().atMost(PATIENCE).until(() -> one.count("outbox") == 0);

            assertThat(Wire.everythingIn(topic).stream().map(ConsumerRecord::value))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 100)
                            .mapToObj("{\"who\":\"Ann\",\"number\":%d}"::formatted)
                            .toList());
        }
    }

    @Test
    void what_another_instance_left_behind_is_sent_by_whoever_lives() {
        try (var service =
                TestService.on(TestService.newDatabase()).writing(topic).start()) {
            // As committed by an instance that was killed before its relay woke: nobody tells this one.
            service.execute("""
                    insert into outbox (aggregatetype, aggregateid, type, payload, headers)
                    values ('%s', 'a', 'rumour_heard.v1', '{}', '{}')
                    """.formatted(topic));

            await().atMost(PATIENCE).until(() -> service.count("outbox") == 0);
            assertThat(Wire.everythingIn(topic)).hasSize(1);
        }
    }

    @Test
    void losing_its_connections_and_its_table_does_not_end_it() {
        try (var service =
                TestService.on(TestService.newDatabase()).writing(topic).start()) {
            service.execute("alter table outbox rename to mislaid");
            service.execute("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where usename = current_user and application_name = 'outbox-relay'
                    """);
            service.execute("alter table mislaid rename to outbox");
            service.say(new Message(topic, "a", new RumourHeard("Ann", 1)));

            await().atMost(PATIENCE).until(() -> service.count("outbox") == 0);
            assertThat(Wire.everythingIn(topic)).hasSize(1);
        }
    }

    @Test
    void a_service_starts_and_accepts_messages_without_kafka_and_sends_them_when_it_comes() throws IOException {
        var heard = new CopyOnWriteArrayList<Rumour>();
        try (var bootstrap = new LateDoor(KafkaServer.shared().bootstrapServers());
                var service = TestService.on(TestService.newDatabase())
                        .with("spring.kafka.bootstrap-servers", bootstrap.address())
                        .writing(topic)
                        .reading(topic, Rumour.class, (rumour, delivery) -> Mono.fromRunnable(() -> heard.add(rumour)))
                        .start()) {
            service.say(new Message(topic, "a", new RumourHeard("Ann", 1)));
            assertThat(service.count("outbox")).isEqualTo(1);

            bootstrap.open();

            await().atMost(PATIENCE).until(() -> heard.equals(List.of(new RumourHeard("Ann", 1))));
            assertThat(service.count("outbox")).isZero();
        }
    }

    private static List<String> idsIn(List<ConsumerRecord<String, String>> sent) {
        return sent.stream().map(each -> header(each, "ce_id")).distinct().toList();
    }
}
