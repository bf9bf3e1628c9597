package io.showreel.messaging.outbox;

import static io.showreel.messaging.Wire.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.showreel.messaging.Message;
import io.showreel.messaging.Origin;
import io.showreel.messaging.Outbox;
import io.showreel.messaging.PayloadTooLargeException;
import io.showreel.messaging.Rumour.RumourHeard;
import io.showreel.messaging.TestService;
import io.showreel.messaging.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.NoTransactionException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class OutboxTest {

    private static final String NAME = TestService.newName("writer");
    private static final String TOPIC = TestService.newName("rumours");
    private static TestService service;
    private static Outbox outbox;

    @BeforeAll
    static void start() {
        service = TestService.on(TestService.newDatabase())
                .with("spring.application.name", NAME)
                .writing(TOPIC)
                .start();
        outbox = service.get(Outbox.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_message_becomes_a_cloud_event() {
        var key = UUID.randomUUID().toString();
        var cause = UUID.randomUUID();

        service.inTransaction(outbox.append(new Message(TOPIC, key, new RumourHeard("Ann", 1)))
                .contextWrite(new Origin("r-1", "00-trace-01", cause).write()));
        awaitDrained();

        assertThat(Wire.everythingIn(TOPIC))
                .filteredOn(sent -> sent.key().equals(key))
                .singleElement()
                .satisfies(sent -> {
                    assertThat(sent.value()).isEqualTo("{\"who\":\"Ann\",\"number\":1}");
                    assertThat(header(sent, "ce_specversion")).isEqualTo("1.0");
                    assertThat(UUID.fromString(header(sent, "ce_id")).version()).isEqualTo(7);
                    assertThat(header(sent, "ce_type")).isEqualTo("rumour_heard.v1");
                    assertThat(header(sent, "ce_source")).isEqualTo(NAME);
                    assertThat(header(sent, "ce_subject")).isEqualTo(key);
                    assertThat(Instant.parse(header(sent, "ce_time"))).isBefore(Instant.now());
                    assertThat(header(sent, "content-type")).isEqualTo("application/json");
                    assertThat(header(sent, "x-request-id")).isEqualTo("r-1");
                    assertThat(header(sent, "traceparent")).isEqualTo("00-trace-01");
                    assertThat(header(sent, "ce_causationid")).isEqualTo(cause.toString());
                });
    }

    @Test
    void what_is_rolled_back_was_never_said() {
        var key = UUID.randomUUID().toString();

        assertThatThrownBy(() -> service.inTransaction(outbox.append(new Message(TOPIC, key, new RumourHeard("Ann", 1)))
                        .then(Mono.error(new IllegalStateException("no")))))
                .hasMessage("no");
        service.say(new Message(TOPIC, key, new RumourHeard("Ann", 2)));
        awaitDrained();

        assertThat(payloadsOf(key)).isEqualTo("{\"who\":\"Ann\",\"number\":2}");
    }

    @Test
    void outside_a_transaction_nothing_can_be_said() {
        assertThatThrownBy(() -> outbox.append(new Message(TOPIC, "key", new RumourHeard("Ann", 1)))
                        .block())
                .isInstanceOf(NoTransactionException.class);
    }

    @Test
    void saying_nothing_is_allowed() {
        service.say();

        assertThat(service.count("outbox where aggregateid = 'nobody'")).isZero();
    }

    @Test
    void a_payload_over_512_kilobytes_is_refused_and_one_of_exactly_that_is_sent() {
        var frame = "{\"who\":\"\",\"number\":1}".length();
        var key = UUID.randomUUID().toString();
        // Two bytes each in UTF-8: it is bytes that count.
        var largest = new RumourHeard("é".repeat((512 * 1024 - frame) / 2) + (frame % 2 == 0 ? "" : "x"), 1);
        var tooLarge = new RumourHeard(largest.who() + "x", 1);

        service.say(new Message(TOPIC, key, largest));
        assertThatThrownBy(() -> service.say(new Message(TOPIC, key, tooLarge)))
                .isInstanceOf(PayloadTooLargeException.class);
        awaitDrained();

        assertThat(Wire.everythingIn(TOPIC))
                .filteredOn(sent -> sent.key().equals(key))
                .hasSize(1);
    }

    @Test
    void a_payload_may_hold_the_character_that_jsonb_refuses() {
        var key = UUID.randomUUID().toString();

        service.say(new Message(TOPIC, key, new RumourHeard("a\u0000b", 1)));
        awaitDrained();

        assertThat(payloadsOf(key)).isEqualTo("{\"who\":\"a\\u0000b\",\"number\":1}");
    }

    @Test
    void messages_of_a_key_keep_the_order_of_their_transactions() {
        service.execute("create table if not exists story (key text primary key, number int not null)");
        var keys = IntStream.range(0, 5)
                .mapToObj(i -> UUID.randomUUID().toString())
                .toList();
        keys.forEach(key -> service.execute("insert into story values ('%s', 0)".formatted(key)));

        // Each transaction locks the story, and says two things in one go.
        Flux.range(0, 200)
                .flatMap(
                        i -> Mono.fromRunnable(() -> service.inTransaction(goOn(keys.get(i % keys.size()))))
                                .subscribeOn(Schedulers.boundedElastic()),
                        8)
                .then()
                .block(Duration.ofSeconds(60));
        awaitDrained();

        for (var key : keys) {
            assertThat(payloadsOf(key))
                    .isEqualTo(IntStream.rangeClosed(1, 80)
                            .mapToObj("{\"who\":\"Ann\",\"number\":%d}"::formatted)
                            .collect(Collectors.joining()));
        }
    }

    @Test
    void a_declared_topic_has_the_partitions_that_its_writer_gave_it() throws ExecutionException, InterruptedException {
        Wire.awaitTopic(TOPIC);

        assertThat(Wire.partitions(TOPIC)).isEqualTo(12);
    }

    private static Mono<Void> goOn(String key) {
        return service.database()
                .sql("update story set number = number + 2 where key = :key returning number")
                .bind("key", key)
                .mapValue(Integer.class)
                .one()
                .flatMap(number -> outbox.append(
                        new Message(TOPIC, key, new RumourHeard("Ann", number - 1)),
                        new Message(TOPIC, key, new RumourHeard("Ann", number))));
    }

    private static String payloadsOf(String key) {
        return Wire.everythingIn(TOPIC).stream()
                .filter(sent -> sent.key().equals(key))
                .map(sent -> sent.value())
                .collect(Collectors.joining());
    }

    private static void awaitDrained() {
        await().atMost(Duration.ofSeconds(30)).until(() -> service.count("outbox") == 0);
    }
}
