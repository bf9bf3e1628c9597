package io.showreel.messaging.listener;

import static io.showreel.messaging.Wire.header;
import static io.showreel.messaging.Wire.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.showreel.messaging.Delivery;
import io.showreel.messaging.Message;
import io.showreel.messaging.Origin;
import io.showreel.messaging.Outbox;
import io.showreel.messaging.Rumour;
import io.showreel.messaging.Rumour.RumourDenied;
import io.showreel.messaging.Rumour.RumourHeard;
import io.showreel.messaging.Subscription;
import io.showreel.messaging.TestService;
import io.showreel.messaging.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

class SubscriptionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String group = TestService.newName("reader");
    private final String topic = TestService.newName("rumours");
    private final Wire wire = new Wire();
    private DatabaseClient database;

    @AfterEach
    void hangUp() {
        wire.close();
    }

    /** Keeps each rumour in a table, one row per delivery that took effect. */
    private TestService readerThat(Subscription.Handler<Rumour> alsoDoes) {
        var service = TestService.on(TestService.newDatabase())
                .with("spring.application.name", group)
                .with("showreel.messaging.listener.longest-retry", "200ms")
                .writing(topic)
                .reading(topic, Rumour.class, (rumour, delivery) -> note(rumour, delivery)
                        .then(Mono.defer(() -> alsoDoes.on(rumour, delivery))))
                .start();
        service.execute("create table heard (seq bigint generated always as identity, id uuid, key text, word text)");
        database = service.database();
        Wire.awaitTopic(topic);
        return service;
    }

    private Mono<Void> note(Rumour rumour, Delivery delivery) {
        return database.sql("insert into heard (id, key, word) values (:id, :key, :word)")
                .bind("id", delivery.id())
                .bind("key", delivery.key())
                .bind("word", rumour.toString())
                .then();
    }

    @Test
    void a_poisonous_message_goes_to_the_dead_letters_alone() {
        var poison = new RumourDenied("poison");
        try (var service = readerThat((rumour, delivery) ->
                rumour.equals(poison) ? Mono.error(new IllegalStateException("impossible")) : Mono.empty())) {
            IntStream.range(0, 10).forEach(number -> hear("a", number));
            var id = UUID.randomUUID();
            wire.say(topic, "a", id, poison);
            IntStream.range(10, 20).forEach(number -> hear("a", number));
            wire.flush();

            await().atMost(PATIENCE).until(() -> service.count("heard") == 20);
            assertThat(heard(service)).containsExactlyElementsOf(numbers(0, 20));
            assertThat(deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.key()).isEqualTo("a");
                assertThat(letter.value()).isEqualTo("{\"who\":\"poison\"}");
                assertThat(header(letter, "ce_id")).isEqualTo(id.toString());
                assertThat(header(letter, "dlt_reason")).contains("impossible");
                assertThat(header(letter, "dlt_source")).matches(topic + "-\\d+@10");
            });
            assertThat(service.count("inbox where message_id = '" + id + "'")).isZero();
        }
    }

    @Test
    void a_programming_error_is_tried_three_times_alone() {
        var tries = new AtomicInteger();
        try (var service = readerThat((rumour, delivery) -> {
            throw new NullPointerException("try " + tries.incrementAndGet());
        })) {
            hear("a", 1);
            wire.flush();

            await().atMost(PATIENCE).until(() -> deadLetters().size() == 1);
            // Once in the poll's transaction, and three times in one of its own.
            assertThat(tries).hasValue(4);
            assertThat(service.count("heard")).isZero();
        }
    }

    @Test
    void an_unreadable_record_goes_to_the_dead_letters_and_its_neighbours_are_handled() {
        try (var service = readerThat((rumour, delivery) -> Mono.empty())) {
            hear("a", 1);
            wire.put(
                    topic,
                    "a",
                    utf8("{oops"),
                    Map.of("ce_id", UUID.randomUUID().toString(), "ce_type", "rumour_heard.v1"));
            wire.put(topic, "a", utf8("{}"), Map.of("ce_type", "rumour_heard.v1"));
            hear("a", 2);
            wire.flush();

            await().atMost(PATIENCE).until(() -> service.count("heard") == 2);
            await().atMost(PATIENCE).until(() -> deadLetters().size() == 2);
            assertThat(deadLetters().getFirst().value()).isEqualTo("{oops");
            assertThat(header(deadLetters().getLast(), "dlt_reason")).contains("ce_id is missing");
        }
    }

    @Test
    void a_type_of_a_later_version_is_unrecognised() {
        try (var service = readerThat((rumour, delivery) -> Mono.empty())) {
            wire.put(
                    topic,
                    "a",
                    utf8("{\"whispered\":true}"),
                    Map.of("ce_id", UUID.randomUUID().toString(), "ce_type", "rumour_whispered.v1"));
            hear("a", 1);
            wire.flush();

            await().atMost(PATIENCE).until(() -> service.count("heard") == 2);
            assertThat(heard(service)).containsExactly("Unrecognised[]", "RumourHeard[who=Ann, number=1]");
        }
    }

    @Test
    void a_repeated_message_takes_effect_once() {
        try (var service = readerThat((rumour, delivery) -> Mono.empty())) {
            var repeated = UUID.randomUUID();
            wire.say(topic, "a", repeated, new RumourHeard("Ann", 1));
            wire.say(topic, "a", repeated, new RumourHeard("Ann", 1));
            wire.flush();
            await().atMost(PATIENCE).until(() -> service.count("heard") == 1);
            wire.say(topic, "a", repeated, new RumourHeard("Ann", 1));
            hear("a", 2);
            wire.flush();

            await().atMost(PATIENCE).until(() -> heard(service).contains("RumourHeard[who=Ann, number=2]"));
            assertThat(heard(service)).containsExactlyElementsOf(numbers(1, 3));
        }
    }

    @Test
    void a_failing_database_is_waited_for_and_nothing_is_lost_or_repeated() {
        var failures = new AtomicInteger();
        try (var service = readerThat((rumour, delivery) -> delivery.key().equals("b")
                        && failures.incrementAndGet() <= 12
                ? database.sql("select pg_terminate_backend(pg_backend_pid())").then()
                : Mono.empty())) {
            IntStream.range(0, 10).forEach(number -> hear("a", number));
            IntStream.range(0, 10).forEach(number -> hear("b", number));
            IntStream.range(0, 10).forEach(number -> hear("c", number));
            wire.flush();

            await().atMost(PATIENCE).until(() -> service.count("heard") == 30);
            assertThat(failures.get()).isGreaterThan(12);
            for (var key : List.of("a", "b", "c")) {
                assertThat(heard(service, key)).containsExactlyElementsOf(numbers(0, 10));
            }
            assertThat(deadLetters()).isEmpty();
            assertThat(service.count("inbox")).isEqualTo(30);
        }
    }

    @Test
    void the_order_of_each_key_is_kept() {
        try (var service = readerThat((rumour, delivery) -> Mono.empty())) {
            var keys = IntStream.range(0, 20).mapToObj(key -> "key-" + key).toList();
            for (var number = 0; number < 50; number++) {
                for (var key : keys) {
                    hear(key, number);
                }
            }
            wire.flush();

            await().atMost(PATIENCE).until(() -> service.count("heard") == 1000);
            for (var key : keys) {
                assertThat(heard(service, key)).containsExactlyElementsOf(numbers(0, 50));
            }
        }
    }

    @Test
    void what_a_handler_says_names_its_cause() {
        var answers = TestService.newName("answers");
        var outbox = new AtomicReference<Outbox>();
        try (var service = TestService.on(TestService.newDatabase())
                .writing(topic)
                .writing(answers)
                .reading(topic, Rumour.class, (rumour, delivery) -> outbox.get()
                        .append(new Message(answers, delivery.key(), new RumourDenied("Bo"))))
                .start()) {
            outbox.set(service.get(Outbox.class));
            service.inTransaction(service.get(Outbox.class)
                    .append(new Message(topic, "a", new RumourHeard("Ann", 1)))
                    .contextWrite(new Origin("r-1", null, null).write()));

            Wire.awaitTopic(answers);
            await().atMost(PATIENCE).until(() -> Wire.everythingIn(answers).size() == 1);
            var cause = Wire.everythingIn(topic).getFirst();
            var answer = Wire.everythingIn(answers).getFirst();
            assertThat(header(answer, "ce_causationid")).isEqualTo(header(cause, "ce_id"));
            assertThat(header(answer, "x-request-id")).isEqualTo("r-1");
            assertThat(header(answer, "traceparent")).isNull();
        }
    }

    @Test
    void a_topic_has_one_subscription() {
        Subscription.Handler<Rumour> ignore = (rumour, delivery) -> Mono.empty();
        var plan = TestService.on(TestService.newDatabase())
                .reading(topic, Rumour.class, ignore)
                .reading(topic, Rumour.class, ignore);

        assertThatThrownBy(plan::start).hasRootCauseMessage("There are two subscriptions of " + topic + ".");
    }

    private void hear(String key, int number) {
        wire.say(topic, key, UUID.randomUUID(), new RumourHeard("Ann", number));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj("RumourHeard[who=Ann, number=%d]"::formatted)
                .toList();
    }

    private static List<String> heard(TestService service) {
        return service.database()
                .sql("select word from heard order by seq")
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }

    private static List<String> heard(TestService service, String key) {
        return service.database()
                .sql("select word from heard where key = :key order by seq")
                .bind("key", key)
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }

    private List<ConsumerRecord<String, String>> deadLetters() {
        return Wire.everythingIn(topic + "." + group + ".dlt");
    }
}
