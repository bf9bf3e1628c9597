package io.showreel.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.showreel.embedded.PostgresServer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class IdempotencyKeysTest {

    private static final IdempotencyKey KEY = new IdempotencyKey("studio", "k-1", "the request");
    private static final Duration SOON = Duration.ofSeconds(20);

    private DatabaseClient database;
    private IdempotencyKeys keys;

    @BeforeEach
    void migrate() {
        var fresh = PostgresServer.shared().createDatabase("idempotency");
        Flyway.configure()
                .dataSource(fresh.jdbcUrl(), fresh.username(), fresh.password())
                .locations("classpath:db/web")
                .load()
                .migrate();
        ConnectionFactory connections = ConnectionFactories.get(ConnectionFactoryOptions.parse(fresh.r2dbcUrl())
                .mutate()
                .option(ConnectionFactoryOptions.USER, fresh.username())
                .option(ConnectionFactoryOptions.PASSWORD, fresh.password())
                .build());
        database = DatabaseClient.create(connections);
        keys = new IdempotencyKeys(database, TransactionalOperator.create(new R2dbcTransactionManager(connections)));
        database.sql("create table thing (id text primary key)").then().block(SOON);
    }

    @Test
    void a_repeated_request_is_answered_with_the_first_status_and_the_current_state() {
        var first = once(KEY, create("a"));
        var second = once(KEY, create("b"));
        assertThat(first).isEqualTo(new Created<>("a", HttpStatus.CREATED, "a as made"));
        assertThat(second).isEqualTo(new Created<>("a", HttpStatus.CREATED, "a as it is now"));
        assertThat(things()).isEqualTo(1);
    }

    @Test
    void without_a_key_everything_is_done_as_often_as_asked() {
        keys.once(Optional.empty(), create("a"), this::current).block(SOON);
        keys.once(Optional.empty(), create("b"), this::current).block(SOON);
        assertThat(things()).isEqualTo(2);
    }

    @Test
    void a_key_that_was_used_for_another_request_is_refused() {
        once(KEY, create("a"));
        assertThatThrownBy(() -> once(new IdempotencyKey("studio", "k-1", "another request"), create("b")))
                .isInstanceOfSatisfying(ApiException.class, refused -> {
                    assertThat(refused.code()).isEqualTo("idempotency_key_reused");
                    assertThat(refused.status()).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
                });
        assertThat(things()).isEqualTo(1);
    }

    @Test
    void clients_do_not_share_their_keys() {
        once(KEY, create("a"));
        once(new IdempotencyKey("website", "k-1", "the request"), create("b"));
        assertThat(things()).isEqualTo(2);
    }

    @Test
    void a_failed_request_leaves_no_key_behind() {
        assertThatThrownBy(() -> once(KEY, create("a").then(Mono.error(ApiException.conflict("no", "No.")))))
                .isInstanceOf(ApiException.class);
        assertThat(things()).isZero();
        assertThat(once(KEY, create("a")).body()).isEqualTo("a as made");
    }

    @Test
    void a_twin_is_told_to_come_back_while_the_first_runs() throws Exception {
        var begun = new CountDownLatch(1);
        var mayEnd = Sinks.<Boolean>one();
        var first = keys.once(
                        Optional.of(KEY),
                        create("a").delayUntil(made -> {
                            begun.countDown();
                            return mayEnd.asMono();
                        }),
                        this::current)
                .toFuture();
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> once(KEY, create("b"))).isInstanceOfSatisfying(ApiException.class, refused -> {
            assertThat(refused.status()).isEqualTo(HttpStatus.CONFLICT);
            assertThat(refused.headers().getFirst("Retry-After")).isEqualTo("1");
        });

        mayEnd.tryEmitValue(true).orThrow();
        assertThat(first.get(20, TimeUnit.SECONDS).body()).isEqualTo("a as made");
        assertThat(once(KEY, create("b")).body()).isEqualTo("a as it is now");
        assertThat(things()).isEqualTo(1);
    }

    @Test
    void a_key_is_forgotten_after_a_day() {
        once(KEY, create("a"));
        database.sql("update idempotency_key set created_at = created_at - interval '25 hours'")
                .then()
                .block(SOON);
        assertThat(once(KEY, create("b")).body()).isEqualTo("b as made");
        database.sql("update idempotency_key set created_at = created_at - interval '25 hours'")
                .then()
                .block(SOON);
        once(new IdempotencyKey("studio", "k-2", "the request"), create("c"));
        assertThat(count("select count(*) from idempotency_key")).isEqualTo(1);
    }

    @Test
    void what_is_done_is_answered_even_if_old_keys_can_not_be_forgotten() {
        database.sql("create function refuse() returns trigger language plpgsql as"
                        + " $$ begin raise exception 'not now'; end $$")
                .then()
                .block(SOON);
        database.sql("create trigger refuse before delete on idempotency_key execute function refuse()")
                .then()
                .block(SOON);

        assertThat(once(KEY, create("a")).body()).isEqualTo("a as made");
    }

    @Test
    void what_is_remembered_can_be_asked_for_without_doing_anything() {
        assertThat(remembered(KEY)).isEmpty();
        once(KEY, create("a"));

        assertThat(remembered(KEY)).contains(new Created<>("a", HttpStatus.CREATED, "a as it is now"));
        assertThat(keys.remembered(Optional.empty(), this::current).blockOptional(SOON))
                .isEmpty();
        assertThatThrownBy(() -> remembered(new IdempotencyKey("studio", "k-1", "another request")))
                .isInstanceOfSatisfying(ApiException.class, refused -> assertThat(refused.code())
                        .isEqualTo("idempotency_key_reused"));
    }

    private Optional<Created<String>> remembered(IdempotencyKey key) {
        return keys.remembered(Optional.of(key), this::current).blockOptional(SOON);
    }

    @Test
    void bodies_that_say_the_same_have_one_fingerprint() {
        assertThat(fingerprint("/a", "{\"x\": 1, \"y\": {\"b\": 2, \"a\": 3}}"))
                .isEqualTo(fingerprint("/a", "{\"y\":{\"a\":3,\"b\":2},\"x\":1}"))
                .isNotEqualTo(fingerprint("/a", "{\"y\":{\"a\":3,\"b\":2},\"x\":2}"))
                .isNotEqualTo(fingerprint("/b", "{\"y\":{\"a\":3,\"b\":2},\"x\":1}"));
    }

    private static String fingerprint(String path, String body) {
        var request = MockServerHttpRequest.post(path)
                .header(IdempotencyKey.HEADER, "k")
                .build();
        return IdempotencyKey.of(request, "studio", WebJson.mapper().readTree(body))
                .orElseThrow()
                .fingerprint();
    }

    private Created<String> once(IdempotencyKey key, Mono<Created<String>> effect) {
        return keys.once(Optional.of(key), effect, this::current).block(SOON);
    }

    private Mono<Created<String>> create(String id) {
        return database.sql("insert into thing values ($1)")
                .bind(0, id)
                .then()
                .thenReturn(new Created<>(id, HttpStatus.CREATED, id + " as made"));
    }

    private Mono<String> current(String id) {
        return Mono.just(id + " as it is now");
    }

    private long things() {
        return count("select count(*) from thing");
    }

    private long count(String sql) {
        return database.sql(sql)
                .map(row -> row.get(0, Long.class))
                .one()
                .blockOptional(SOON)
                .orElseThrow();
    }
}
