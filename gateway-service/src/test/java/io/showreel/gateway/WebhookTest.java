package io.showreel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.embedded.process.Ports;
import io.showreel.gateway.RunningGateway.Answer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Clients' own servers are told of their jobs; two replicas do it. */
class WebhookTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Neighbourhood neighbours = Installation.shared().neighbours;
    private static final OtherServices others = Installation.shared().others;
    private static final RunningGateway gateway = Installation.shared().gateway;
    private static final RunningGateway replica = Installation.shared().replica;

    private final UUID client = UUID.randomUUID();

    @Test
    void a_receiver_is_told_of_the_storyboard_and_the_film_and_can_check_who_says_so() throws Exception {
        var secret = newSecret();
        try (var told = new Told()) {
            long id = create(told.url());
            others.select(id);
            heard(told, "job.storyboard_ready");
            gateway.post(job(id) + "/approve", "{}");
            var cut = others.expect(id, CutRequested.class, 1);
            cut.takes().forEach(take -> others.render(cut, take));
            others.close(cut, "0.80");
            others.publish(cut, URI.create("s3://showreel/films/told.mp4"), "sha", 5);
            var notice = heard(told, "job.completed");

            verify(notice, secret);
            var data = notice.json().path("data");
            assertThat(data.path("job_id").asLong()).isEqualTo(id);
            assertThat(data.path("status").asString()).isEqualTo("completed");
            assertThat(data.path("revision").asInt()).isEqualTo(1);
            assertThat(data.path("spent").asString()).isEqualTo("0.8000");
            assertThat(data.path("links").path("video").asString()).isEqualTo("/api/v3/videos/" + id + "/combined");
            assertThat(data.has("error")).isFalse();
            assertThat(told.notices)
                    .extracting(Told.Notice::type)
                    .containsExactly("job.storyboard_ready", "job.completed");

            var listed = await().atMost(PATIENCE).until(() -> deliveries(id), all -> all.valueStream()
                    .allMatch(one -> one.path("status").asString().equals("delivered")));
            assertThat(listed).hasSize(2);
            assertThat(listed.get(0).path("event").asString()).isEqualTo("job.completed");
            assertThat(listed.get(0).path("id").asString()).isEqualTo(notice.id());
            assertThat(listed.get(0).path("attempts")).hasSize(1);
            assertThat(listed.get(0).path("attempts").get(0).path("status_code").asInt())
                    .isEqualTo(204);
            assertThat(listed.get(0).path("attempts").get(0).path("error").isNull())
                    .isTrue();
            assertThat(listed.get(0).path("next_attempt_at").isNull()).isTrue();
        }
    }

    @Test
    void a_job_that_names_no_address_is_told_of_at_its_clients_own() {
        try (var told = new Told()) {
            var set = gateway.send("PUT", clientPath("/webhook"), "{\"url\": \"%s\"}".formatted(told.url()));
            assertThat(set.status()).as(set.toString()).isEqualTo(200);
            assertThat(replica.get(clientPath("/webhook"))
                            .json()
                            .path("data")
                            .path("url")
                            .asString())
                    .isEqualTo(told.url());

            cancel(create(null));

            assertThat(heard(told, "job.canceled")
                            .json()
                            .path("data")
                            .path("status")
                            .asString())
                    .isEqualTo("canceled");
            assertThat(gateway.send("DELETE", clientPath("/webhook"), null).status())
                    .isEqualTo(204);
            assertThat(gateway.get(clientPath("/webhook")).status()).isEqualTo(404);
            long unheard = create(null);
            cancel(unheard);
            assertThat(deliveries(unheard)).isEmpty();
        }
    }

    @Test
    void a_failed_job_says_why() {
        try (var told = new Told()) {
            long id = create(told.url());
            others.select(id);
            heard(told, "job.storyboard_ready");
            gateway.post(job(id) + "/approve", "{}");
            var cut = others.expect(id, CutRequested.class, 1);
            cut.takes().forEach(take -> others.lose(cut, take));
            others.close(cut, "0");

            var error = heard(told, "job.failed").json().path("data").path("error");
            assertThat(error.path("code").asString())
                    .isEqualTo(gateway.get(job(id))
                            .json()
                            .path("error")
                            .path("code")
                            .asString());
            assertThat(error.path("message").asString()).isNotBlank();
        }
    }

    @Test
    void a_receiver_that_fails_is_told_again_under_the_same_id_until_it_hears() throws Exception {
        var secret = newSecret();
        try (var told = new Told(500, 404, 302)) {
            long id = create(told.url());
            cancel(id);

            await().atMost(PATIENCE).until(() -> told.notices.size() == 4);
            var delivery = settled(id, "delivered");
            assertThat(told.notices)
                    .extracting(Told.Notice::id)
                    .containsOnly(delivery.path("id").asString());
            assertThat(told.notices)
                    .extracting(Told.Notice::body)
                    .containsOnly(told.notices.getFirst().body());
            for (var notice : told.notices) {
                verify(notice, secret);
            }
            assertThat(delivery.path("attempts").valueStream().map(tried -> tried.path("status_code")
                            .asInt()))
                    .containsExactly(500, 404, 302, 204);
            var times = delivery.path("attempts")
                    .valueStream()
                    .map(tried -> Instant.parse(tried.path("at").asString()))
                    .toList();
            assertThat(Duration.between(times.get(0), times.get(1))).isGreaterThan(Duration.ofMillis(200));
            assertThat(Duration.between(times.get(2), times.get(3))).isGreaterThan(Duration.ofMillis(800));
        }
    }

    @Test
    void a_receiver_that_was_down_is_told_when_it_is_up() throws Exception {
        int port = Ports.free();
        long id = create("http://localhost:" + port + "/hook");
        cancel(id);
        await().atMost(PATIENCE)
                .until(() -> deliveries(id).get(0).path("attempts").size() > 0);
        var failed = deliveries(id).get(0);
        assertThat(failed.path("status").asString()).isEqualTo("pending");
        assertThat(failed.path("attempts").get(0).path("status_code").isNull()).isTrue();
        assertThat(failed.path("attempts").get(0).path("error").asString()).contains("reached");
        assertThat(failed.path("next_attempt_at").isNull()).isFalse();

        try (var told = Told.at(port)) {
            assertThat(heard(told, "job.canceled").id())
                    .isEqualTo(failed.path("id").asString());
            settled(id, "delivered");
        }
    }

    @Test
    void whoever_dies_between_telling_and_recording_has_it_told_again_under_the_same_id() {
        var database = gateway.bean(DatabaseClient.class);
        try (var told = new Told().meanwhile(() -> database.sql(
                        "update leased_work set owner = 'successor', epoch = epoch + 1, due_at = now()"
                                + " where queue = 'webhooks' and key in"
                                + " (select receiver from webhook_delivery where client_id = $1)")
                .bind(0, client)
                .then()
                .block())) {
            long id = create(told.url());
            cancel(id);

            await().atMost(PATIENCE).until(() -> told.notices.size() == 2);
            assertThat(told.notices.getFirst().id())
                    .isEqualTo(told.notices.getLast().id());
            assertThat(settled(id, "delivered").path("attempts")).hasSize(1);
        }
    }

    @Test
    void a_slow_receiver_keeps_nobody_but_itself_waiting() {
        try (var slow = new Told().holding();
                var fast = new Told()) {
            for (int n = 0; n < 6; n++) {
                cancel(create(slow.url()));
            }
            await().atMost(PATIENCE).until(() -> slow.notices.size() == 4);

            var asked = Instant.now();
            cancel(create(fast.url()));
            heard(fast, "job.canceled");

            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(slow.notices)
                    .as("deliveries on their way to one receiver at once")
                    .hasSize(4);
        }
    }

    @Test
    void jobs_that_are_told_of_at_one_address_do_not_wait_for_each_other() {
        try (var told = new Told().holding()) {
            cancel(create(told.url()));
            await().atMost(PATIENCE).until(() -> told.notices.size() == 1);
            long other = create(told.url());
            var rowOfTheReceiver = gateway.bean(DatabaseClient.class)
                    .sql("select key from leased_work where queue = 'webhooks' and key in"
                            + " (select receiver from webhook_delivery where client_id = $1) for update")
                    .bind(0, client)
                    .map(row -> row.get("key", String.class))
                    .one();

            var canceled = rowOfTheReceiver
                    .flatMap(locked -> Mono.fromFuture(gateway.sendAsync("POST", job(other) + "/cancel", "")
                            .orTimeout(10, TimeUnit.SECONDS)))
                    .as(TransactionalOperator.create(gateway.bean(ReactiveTransactionManager.class))::transactional)
                    .block();

            assertThat(canceled.status()).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> told.notices.size() == 2);
        }
    }

    @Test
    void a_receiver_that_wants_nothing_more_is_left_alone_until_it_is_set_again() {
        try (var told = new Told(410)) {
            var set = "{\"url\": \"%s\"}".formatted(told.url());
            gateway.send("PUT", clientPath("/webhook"), set);
            long id = create(null);
            cancel(id);

            assertThat(settled(id, "failed")
                            .path("attempts")
                            .get(0)
                            .path("status_code")
                            .asInt())
                    .isEqualTo(410);
            await().atMost(PATIENCE).until(() -> !gateway.get(clientPath("/webhook"))
                    .json()
                    .path("data")
                    .path("disabled_at")
                    .isNull());
            long unheard = create(null);
            cancel(unheard);
            assertThat(deliveries(unheard)).isEmpty();

            gateway.send("PUT", clientPath("/webhook"), set);
            cancel(create(null));
            await().atMost(PATIENCE).until(() -> told.notices.size() == 2);
        }
    }

    @Test
    void an_old_secret_signs_along_after_it_was_replaced() throws Exception {
        var old = newSecret();
        var fresh = newSecret();
        assertThat(fresh).isNotEqualTo(old).startsWith("whsec_");
        try (var told = new Told()) {
            cancel(create(told.url()));
            var notice = heard(told, "job.canceled");

            assertThat(notice.signature().split(" ")).hasSize(2);
            verify(notice, old);
            verify(notice, fresh);

            gateway.bean(DatabaseClient.class)
                    .sql(
                            "update webhook_secret set valid_until = now() where client_id = $1 and valid_until is not null")
                    .bind(0, client)
                    .then()
                    .block();
            cancel(create(told.url()));
            await().atMost(PATIENCE).until(() -> told.notices.size() == 2);
            verify(told.notices.getLast(), fresh);
            assertThatThrownBy(() -> verify(told.notices.getLast(), old))
                    .isInstanceOf(WebhookVerificationException.class);
        }
    }

    @Test
    void the_library_of_other_languages_accepts_what_we_sign_and_nothing_else() throws Exception {
        var old = newSecret();
        var fresh = newSecret();
        try (var told = new Told()) {
            cancel(create(told.url()));
            var notice = heard(told, "job.canceled");
            var tampered = new Told.Notice(notice.id(), notice.timestamp(), notice.signature(), notice.body() + " ");

            assertThat(NodeWebhooks.verify(List.of(old, fresh, newSecret()), notice))
                    .containsExactly(true, true, false);
            assertThat(NodeWebhooks.verify(List.of(old, fresh), tampered)).containsExactly(false, false);
        }
    }

    @Test
    void a_secret_is_shown_once_and_a_twin_of_the_request_makes_no_other() {
        var key = new String[] {"Idempotency-Key", UUID.randomUUID().toString()};
        var first = gateway.post(clientPath("/webhook-secret"), "", key);
        var twin = replica.post(clientPath("/webhook-secret"), "", key);

        assertThat(first.status()).as(first.toString()).isEqualTo(201);
        assertThat(twin.status()).isEqualTo(201);
        assertThat(twin.json().path("data").path("id"))
                .isEqualTo(first.json().path("data").path("id"));
        assertThat(twin.json().path("data").path("secret").isNull()).isTrue();
        assertThat(gateway.post("/api/v3/clients/" + Neighbourhood.NOBODY + "/webhook-secret", "")
                        .status())
                .isEqualTo(404);
        for (int n = 0; n < 4; n++) {
            newSecret();
        }
        assertThat(gateway.post(clientPath("/webhook-secret"), "").code()).isEqualTo("too_many_secrets");
    }

    @Test
    void a_delivery_is_told_again_when_somebody_asks_and_once_however_often_he_says_so() {
        try (var told = new Told()) {
            long id = create(told.url());
            cancel(id);
            var delivery = settled(id, "delivered").path("id").asString();
            var again = job(id) + "/webhook-deliveries/" + delivery + "/redeliver";
            var key = new String[] {"Idempotency-Key", UUID.randomUUID().toString()};

            var asked = gateway.post(again, "", key);
            assertThat(asked.status()).as(asked.toString()).isEqualTo(200);
            assertThat(asked.json().path("data").path("status").asString()).isEqualTo("pending");
            await().atMost(PATIENCE).until(() -> told.notices.size() == 2);
            settled(id, "delivered");
            var twin = replica.post(again, "", key);

            assertThat(twin.status()).isEqualTo(200);
            assertThat(twin.json().path("data").path("status").asString()).isEqualTo("delivered");
            assertThat(told.notices).extracting(Told.Notice::id).containsOnly(delivery);
            assertThat(settled(id, "delivered").path("attempts")).hasSize(2);
            assertThat(gateway.post(job(id) + "/webhook-deliveries/" + UUID.randomUUID() + "/redeliver", "")
                            .status())
                    .isEqualTo(404);
            long other = create(null);
            assertThat(gateway.post(job(other) + "/webhook-deliveries/" + delivery + "/redeliver", "")
                            .status())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8080/hook",
                "http://169.254.169.254/latest",
                "http://[::1]/",
                "http://10.0.0.7/",
                "http://2130706433/",
                "ftp://example.com/",
                "http://user:word@example.com/"
            })
    void an_address_that_only_we_can_reach_is_refused(String url) {
        var campaign = neighbours.campaign(client, 4);
        var job = gateway.post(
                "/api/v3/campaigns/" + campaign + "/create-job", "{\"webhook_url\": \"%s\"}".formatted(url));
        assertThat(job.status()).as(job.toString()).isEqualTo(422);
        assertThat(job.json().path("error").path("details").has("webhook_url")).isTrue();
        var own = gateway.send("PUT", clientPath("/webhook"), "{\"url\": \"%s\"}".formatted(url));
        assertThat(own.status()).isEqualTo(422);
    }

    private String newSecret() {
        var made = gateway.post(clientPath("/webhook-secret"), "");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json().path("data").path("secret").asString();
    }

    private static void verify(Told.Notice notice, String secret) throws WebhookVerificationException {
        new Webhook(secret)
                .verify(
                        notice.body(),
                        notice.headers().entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))));
    }

    private static Told.Notice heard(Told told, String type) {
        return await().atMost(PATIENCE)
                .until(
                        () -> told.notices.stream()
                                .filter(notice -> notice.type().equals(type))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static JsonNode settled(long id, String status) {
        return await().atMost(PATIENCE).until(() -> deliveries(id).path(0), one -> one.path("status")
                .asString("")
                .equals(status));
    }

    private static JsonNode deliveries(long id) {
        var listed = replica.get(job(id) + "/webhook-deliveries");
        assertThat(listed.status()).as(listed.toString()).isEqualTo(200);
        assertThat(listed.json().path("meta").path("total").asInt())
                .isEqualTo(listed.json().path("data").size());
        return listed.json().path("data");
    }

    private long create(String url) {
        var body = url == null ? "{\"num_scenes\": 2}" : "{\"num_scenes\": 2, \"webhook_url\": \"%s\"}".formatted(url);
        Answer created = gateway.post(
                "/api/v3/campaigns/" + neighbours.campaign(client, 4) + "/create-job", body, "Prefer", "wait=0");
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.json().path("data").path("job_id").asLong();
    }

    private static void cancel(long id) {
        assertThat(gateway.post(job(id) + "/cancel", "").status()).isEqualTo(200);
    }

    private String clientPath(String rest) {
        return "/api/v3/clients/" + client + rest;
    }

    private static String job(long id) {
        return "/api/v3/jobs/" + id;
    }
}
