package io.showreel.sandbox.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.sandbox.Client;
import io.showreel.sandbox.Json;
import io.showreel.sandbox.Sandbox;
import io.showreel.sandbox.Settings;
import io.showreel.sandbox.media.Rendering;
import io.showreel.sandbox.prediction.Timing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class PredictionsApiTest {
    private static final String VEO = "google/veo-3.1-fast";
    private static final String MUSICGEN = "671ac645ce5e552cc63a54a2bbff63fcf798043055d2dac5fc9e36a837eedcfb";

    @TempDir
    Path home;

    private Sandbox sandbox;
    private Client client;

    @AfterEach
    void stop() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @Test
    void a_new_prediction_shows_only_what_is_set() {
        start(slow());

        var created = client.create(VEO, input(), "Cancel-After", "20m");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text("id")).matches("[a-z0-9]{26}");
        assertThat(created.text("status")).isEqualTo("starting");
        assertThat(created.text("version")).isEqualTo("hidden");
        assertThat(created.text("model")).isEqualTo(VEO);
        assertThat(created.body().path("output").isNull()).isTrue();
        assertThat(created.body().path("error").isNull()).isTrue();
        assertThat(created.body().propertyNames())
                .contains("deadline", "urls", "logs")
                .doesNotContain("started_at", "completed_at", "metrics", "webhook", "webhook_events_filter");
        assertThat(created.header("location")).isEqualTo(sandbox.apiUrl() + "/predictions/" + created.text("id"));
    }

    @Test
    void a_prediction_starts_runs_and_succeeds() {
        start(settings().withTiming(Timing.DEFAULT.withLatency(Duration.ofMillis(300), Duration.ofMillis(300))));

        var id = client.create(VEO, input()).text("id");

        assertThat(client.awaitStatus(id, "processing").body().has("started_at"))
                .isTrue();
        var ended = client.awaitEnd(id);
        assertThat(ended.text("status")).isEqualTo("succeeded");
        assertThat(ended.body().path("metrics").path("predict_time").asDouble()).isGreaterThanOrEqualTo(0.3);
        assertThat(ended.text("output")).startsWith(sandbox.deliveryUrl() + "/").endsWith(".mp4");
        assertThat(Client.fetch(ended.text("output")).statusCode()).isEqualTo(200);
    }

    @Test
    void whoever_waits_gets_the_finished_prediction() {
        start(settings());

        var waited = client.create(VEO, input(), "Prefer", "wait=20");

        assertThat(waited.status()).isEqualTo(201);
        assertThat(waited.text("status")).isEqualTo("succeeded");
    }

    @Test
    void whoever_waits_too_short_gets_the_unfinished_one() {
        start(slow());

        var waited = client.create(VEO, input(), "Prefer", "wait=1");

        assertThat(waited.status()).isEqualTo(202);
        assertThat(waited.text("status")).isEqualTo("processing");
    }

    @Test
    void an_input_against_the_schema_is_refused_field_by_field() {
        start(settings());
        var input = Json.object().put("duration", 5).put("aspect_ratio", "1:1").put("image", "no address");

        var refused = client.create(VEO, input);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.header("content-type")).isEqualTo("application/problem+json");
        assertThat(refused.text("title")).isEqualTo("Input validation failed");
        assertThat(refused.text("detail"))
                .contains("- input: prompt is required\n")
                .contains("- input.duration: duration must be one of the following: 4, 6, 8\n");
        assertThat(refused.body().path("invalid_fields").values())
                .extracting(field -> field.path("type").asString() + " "
                        + field.path("field").asString())
                .containsExactly(
                        "required input", "enum input.duration", "enum input.aspect_ratio", "format input.image");
        assertThat(sandbox.ledger()).isEmpty();
    }

    @Test
    void a_stray_field_is_refused() {
        start(settings());
        ObjectNode body = Json.object().put("version", VEO).put("model", VEO);
        body.set("input", input());

        var refused = client.post("/predictions", body);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("detail")).isEqualTo("- Additional property model is not allowed\n");
    }

    @Test
    void official_models_run_by_name_and_community_models_by_hash() {
        start(settings());
        var music = Json.object().put("prompt", "piano");

        assertThat(client.create(MUSICGEN, music).text("version")).isEqualTo(MUSICGEN);
        assertThat(client.create("meta/musicgen:" + MUSICGEN, music).status()).isEqualTo(201);
        for (var version : Set.of("meta/musicgen", "minimax/hailuo-2.5", "google/veo-3:" + MUSICGEN, "0".repeat(64))) {
            var refused = client.create(version, music);
            assertThat(refused.status()).as(version).isEqualTo(422);
            assertThat(refused.text("title")).isEqualTo("Invalid version or not permitted");
        }
    }

    @Test
    void official_models_have_an_address_of_their_own() {
        start(settings());
        ObjectNode body = Json.object();
        body.set("input", input());

        assertThat(client.post("/models/google/veo-3.1-fast/predictions", body).status())
                .isEqualTo(201);
        assertThat(client.post("/models/meta/musicgen/predictions", body).status())
                .isEqualTo(404);
    }

    @Test
    void a_combination_that_the_model_cannot_do_fails_the_run() {
        start(settings().withRendering(Rendering.DEFAULT));
        var input = Json.object().put("prompt", "p").put("duration", 10).put("resolution", "1080p");

        var ended = client.awaitEnd(client.create("minimax/hailuo-02", input).text("id"));

        assertThat(ended.text("status")).isEqualTo("failed");
        assertThat(ended.text("error")).contains("768p");
        assertThat(sandbox.ledger().getFirst().charged()).isFalse();
    }

    @Test
    void canceling_before_the_start_costs_nothing() {
        start(settings().withTiming(Timing.DEFAULT.withBoot(Duration.ofMinutes(1))));
        var id = client.create(VEO, input()).text("id");

        var canceled = client.post("/predictions/" + id + "/cancel", Json.object());

        assertThat(canceled.status()).isEqualTo(200);
        assertThat(canceled.text("status")).isEqualTo("canceled");
        assertThat(sandbox.ledger().getFirst().charged()).isFalse();
    }

    @Test
    void canceling_a_run_costs_its_price_and_cancelling_again_changes_nothing() {
        start(slow());
        var id = client.create(VEO, input()).text("id");
        client.awaitStatus(id, "processing");

        var canceled = client.post("/predictions/" + id + "/cancel", Json.object());
        var again = client.post("/predictions/" + id + "/cancel", Json.object());

        assertThat(canceled.text("status")).isEqualTo("canceled");
        assertThat(again.body()).isEqualTo(canceled.body());
        var row = sandbox.ledger().getFirst();
        assertThat(row.charged()).isTrue();
        assertThat(row.amount()).isEqualByComparingTo("0.60");
    }

    @Test
    void a_deadline_before_the_start_aborts() {
        start(settings().withTiming(Timing.DEFAULT.withBoot(Duration.ofMinutes(1))));

        var ended =
                client.awaitEnd(client.create(VEO, input(), "Cancel-After", "5").text("id"));

        assertThat(ended.text("status")).isEqualTo("aborted");
        assertThat(ended.body().has("started_at")).isFalse();
        assertThat(sandbox.ledger().getFirst().charged()).isFalse();
    }

    @Test
    void a_deadline_during_the_run_cancels_it_for_its_price() {
        start(slow());

        var ended = client.awaitEnd(
                client.create(VEO, input(), "Cancel-After", "5s").text("id"));

        assertThat(ended.text("status")).isEqualTo("canceled");
        assertThat(sandbox.ledger().getFirst().charged()).isTrue();
    }

    @Test
    void a_run_that_takes_too_long_is_killed() {
        start(slow().withTiming(slow().timing().withRunLimit(Duration.ofMillis(200))));

        var ended = client.awaitEnd(client.create(VEO, input()).text("id"));

        assertThat(ended.text("status")).isEqualTo("failed");
        assertThat(ended.text("error")).isEqualTo("Prediction timed out.");
    }

    @Test
    void lists_are_paged_newest_first() {
        start(settings().withLimits(Limits.NONE));
        for (int i = 0; i < 205; i++) {
            assertThat(client.create(VEO, input()).status()).isEqualTo(201);
        }
        var ids = new HashSet<String>();

        var first = client.get("/predictions");
        var second = follow(first, "next");
        var third = follow(second, "next");
        for (var page : Set.of(first, second, third)) {
            page.body().path("results").forEach(row -> ids.add(row.path("id").asString()));
        }

        assertThat(first.body().path("results").size()).isEqualTo(100);
        assertThat(first.body().path("previous").isNull()).isTrue();
        assertThat(third.body().path("results").size()).isEqualTo(5);
        assertThat(third.body().path("next").isNull()).isTrue();
        // Not whole pages: a prediction may have started meanwhile.
        assertThat(ids(follow(third, "previous"))).isEqualTo(ids(second));
        assertThat(ids).hasSize(205);
    }

    @Test
    void lists_keep_to_their_times_and_their_account() {
        start(settings());
        var old = client.create(VEO, input());
        var border = old.text("created_at");
        awaitLaterThan(border);
        var young = client.create(VEO, input());

        assertThat(ids(client.get("/predictions?created_after=" + border))).containsExactly(young.text("id"));
        assertThat(ids(client.get("/predictions?created_before=" + young.text("created_at"))))
                .containsExactly(old.text("id"));
        assertThat(ids(new Client(sandbox.apiUrl(), "stranger").get("/predictions")))
                .isEmpty();
        assertThat(new Client(sandbox.apiUrl(), "stranger")
                        .get("/predictions/" + old.text("id"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void an_hour_after_the_end_the_data_is_gone_and_the_row_stays() {
        start(settings().withTiming(settings().timing().withRetention(Duration.ofMillis(1500))));
        var ended = client.awaitEnd(client.create(VEO, input()).text("id"));

        var emptied = Awaitility.await()
                .until(
                        () -> client.get("/predictions/" + ended.text("id")),
                        answer -> answer.body().path("data_removed").asBoolean());

        assertThat(emptied.body().path("output").isNull()).isTrue();
        assertThat(emptied.body().path("input").isEmpty()).isTrue();
        assertThat(emptied.text("status")).isEqualTo("succeeded");
        assertThat(Client.fetch(ended.text("output")).statusCode()).isEqualTo(404);
        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void without_a_key_nothing_is_answered() {
        start(settings().withKeys(Set.of("good")));

        var none = new Client(sandbox.apiUrl(), "").get("/account");
        var wrong = new Client(sandbox.apiUrl(), "bad").get("/account");

        assertThat(none.status()).isEqualTo(401);
        assertThat(none.text("title")).isEqualTo("Unauthenticated");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.text("detail")).isEqualTo("You did not pass a valid authentication token");
        assertThat(new Client(sandbox.apiUrl(), "good").get("/account").text("username"))
                .isEqualTo("good");
    }

    @Test
    void creates_beyond_the_limit_are_throttled_and_create_nothing() {
        start(settings().withLimits(Limits.NONE.withCreates(2)));
        client.create(VEO, input());
        client.create(VEO, input());

        var throttled = client.create(VEO, input());

        assertThat(throttled.status()).isEqualTo(429);
        assertThat(Integer.parseInt(throttled.header("retry-after"))).isBetween(50, 60);
        assertThat(throttled.text("detail")).matches("Request was throttled. Your rate limit resets in ~\\d+s.");
        assertThat(sandbox.ledger()).hasSize(2);
        assertThat(client.get("/account").status()).isEqualTo(200);
    }

    @Test
    void an_account_of_little_credit_is_throttled_in_other_words() {
        start(settings().withLimits(Limits.NONE.withLowCredit(true)));
        client.create(VEO, input());

        var throttled = client.create(VEO, input());

        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.text("detail"))
                .startsWith("Request was throttled. Your rate limit for creating predictions is reduced to 6 requests"
                        + " per minute with a burst of 1 requests while you have less than $5.0 in credit. Your rate"
                        + " limit resets in ~");
        assertThat(throttled.body().path("retry_after").asInt()).isBetween(1, 10);
    }

    @Test
    void more_starts_at_once_than_allowed_time_out() {
        start(settings()
                .withTiming(Timing.DEFAULT.withBoot(Duration.ofSeconds(2)))
                .withLimits(Limits.NONE.withStartsAtOnce(2)));
        var ids = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            ids.add(client.create(VEO, input()).text("id"));
        }

        var ends = ids.stream().map(client::awaitEnd).toList();

        assertThat(ends).extracting(end -> end.text("status")).containsExactly("succeeded", "succeeded", "failed");
        assertThat(ends.getLast().text("error")).isEqualTo("Director: unexpected error handling prediction (E6716)");
        assertThat(sandbox.ledger().getLast().errorCode()).isEqualTo("E6716");
    }

    @Test
    void planned_faults_strike_as_often_as_planned() {
        start(settings());
        plan(Json.object().put("fault", "refuse_create").put("times", 1).put("status", 503));
        plan(Json.object().put("fault", "drop_answer").put("times", 1).put("status", 504));
        plan(Json.object().put("fault", "fail_run").put("times", 1).put("error", "high demand (E003)"));

        assertThat(client.create(VEO, input()).status()).isEqualTo(503);
        assertThat(sandbox.ledger()).isEmpty();
        assertThat(client.create(VEO, input()).status()).isEqualTo(504);
        assertThat(sandbox.ledger()).hasSize(1);
        assertThat(client.awaitEnd(sandbox.ledger().getFirst().predictionId()).text("error"))
                .isEqualTo("high demand (E003)");
        assertThat(client.awaitEnd(client.create(VEO, input()).text("id")).text("status"))
                .isEqualTo("succeeded");
    }

    @Test
    void the_token_of_an_attempt_is_seen_in_webhooks_and_addresses() {
        start(settings());
        ObjectNode body = Json.object().put("version", VEO).put("webhook", "http://localhost:9/hook?job=1&att=abc");
        body.set("input", input());
        client.post("/predictions", body);
        client.create(VEO, input().put("image", "http://localhost:9/a.jpg?att=def"));

        assertThat(sandbox.ledger()).extracting(row -> row.attempt()).containsExactly("abc", "def");
        assertThat(sandbox.ledger()).extracting(row -> row.inputSha256()).doesNotHaveDuplicates();
    }

    @Test
    void every_request_is_on_record() {
        start(settings());
        client.get("/account");
        new Client(sandbox.apiUrl(), "").get("/nowhere");

        assertThat(sandbox.requests())
                .extracting(seen -> seen.method() + " " + seen.path() + " " + seen.status() + " " + seen.account())
                .containsExactly("GET /v1/account 200 tester", "GET /v1/nowhere 404 null");
    }

    @Test
    void a_reset_forgets_everything() {
        start(settings());
        var ended = client.awaitEnd(client.create(VEO, input()).text("id"));

        assertThat(plan("/_sandbox/reset", Json.object())).isEqualTo(204);

        assertThat(sandbox.ledger()).isEmpty();
        assertThat(client.get("/predictions/" + ended.text("id")).status()).isEqualTo(404);
        assertThat(Client.fetch(ended.text("output")).statusCode()).isEqualTo(404);
    }

    @Test
    void a_models_schema_is_shown_as_replicate_shows_it() {
        start(settings());

        var schemas = client.get("/models/google/veo-3.1-fast")
                .body()
                .at("/latest_version/openapi_schema/components/schemas");

        assertThat(schemas.at("/Input/properties/duration/allOf/0/$ref").asString())
                .isEqualTo("#/components/schemas/duration");
        assertThat(schemas.at("/duration/enum").toString()).isEqualTo("[4,6,8]");
        assertThat(schemas.at("/Input/required/0").asString()).isEqualTo("prompt");
        assertThat(client.get("/models/minimax/hailuo-2.5").status()).isEqualTo(404);
    }

    private void start(Settings settings) {
        sandbox = Sandbox.start(settings);
        client = new Client(sandbox.apiUrl());
    }

    private Settings settings() {
        return Settings.in(home).instantly();
    }

    private Settings slow() {
        return settings().withTiming(settings().timing().withLatency(Duration.ofMinutes(5), Duration.ofMinutes(5)));
    }

    private static ObjectNode input() {
        return Json.object().put("prompt", "slow dolly in").put("duration", 4).put("generate_audio", true);
    }

    private void plan(ObjectNode fault) {
        assertThat(plan("/_sandbox/faults", fault)).isEqualTo(204);
    }

    private int plan(String path, ObjectNode body) {
        var root = sandbox.apiUrl().resolve("/");
        return new Client(root.resolve(path), "").post("", body).status();
    }

    private Client.Answer follow(Client.Answer page, String link) {
        return client.get(page.text(link).substring(sandbox.apiUrl().toString().length()));
    }

    private static List<String> ids(Client.Answer page) {
        return page.body().path("results").values().stream()
                .map(row -> row.path("id").asString())
                .toList();
    }

    private static void awaitLaterThan(String time) {
        Awaitility.await().until(() -> Json.time(Instant.now()).compareTo(time) > 0);
    }
}
