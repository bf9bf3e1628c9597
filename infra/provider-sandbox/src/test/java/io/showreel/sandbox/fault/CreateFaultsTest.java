package io.showreel.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.showreel.sandbox.Client;
import io.showreel.sandbox.FaultySandbox;
import io.showreel.sandbox.Json;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateFaultsTest {
    @TempDir
    Path home;

    private FaultySandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = FaultySandbox.in(home);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            unauthenticated      | 401 | application/problem+json | "title":"Unauthenticated"
            insufficient_credit  | 402 | application/problem+json | "title":"Insufficient credit"
            spend_limit          | 402 | application/problem+json | Monthly spend limit reached
            invalid_input        | 422 | application/problem+json | "invalid_fields":[{
            invalid_version      | 422 | application/problem+json | Invalid version or not permitted
            internal_error       | 500 | application/problem+json | "status":500
            bad_gateway          | 502 | text/html                | <h1>502 Bad Gateway</h1>
            unavailable          | 503 | text/html                | ''
            gateway_timeout      | 504 | text/html                | 504 Gateway Time-out
            """)
    void a_refused_create_creates_nothing(String answer, int status, String type, String body) {
        sandbox.order("{\"fault\":\"refuse_create\",\"answer\":\"" + answer + "\"}");

        var refused = sandbox.create();

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.header("content-type")).isEqualTo(type);
        assertThat(refused.raw().body()).contains(body);
        assertThat(sandbox.sandbox().ledger()).isEmpty();
        assertThat(sandbox.create().status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "throttled,           2,  2, true",
        "throttled_by_header, 2, '', false",
        "throttled_by_body,  '',  2, false",
        "throttled_by_text,  '', '', true"
    })
    void a_throttle_says_its_pause_in_one_place_or_in_all(String answer, String header, String body, boolean text) {
        sandbox.order("{\"fault\":\"refuse_create\",\"answer\":\"" + answer + "\"}");

        var throttled = sandbox.create();

        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.header("retry-after")).isEqualTo(header);
        assertThat(throttled.body().path("retry_after").asString("")).isEqualTo(body);
        assertThat(throttled.text("detail").contains("~2s")).isEqualTo(text);
        assertThat(sandbox.sandbox().ledger()).isEmpty();
    }

    @Test
    void low_credit_allows_a_create_in_ten_seconds_until_somebody_pays() {
        sandbox.order("{\"fault\":\"low_credit\"}");

        assertThat(sandbox.create().status()).isEqualTo(201);
        var throttled = sandbox.create();
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.text("detail"))
                .matches(
                        "Request was throttled\\. Your rate limit for creating predictions is reduced to 6 requests per"
                                + " minute with a burst of 1 requests while you have less than \\$5\\.0 in credit\\. Your rate"
                                + " limit resets in ~(9|10)s\\.");
        assertThat(throttled.header("retry-after")).matches("9|10");

        sandbox.revoke("");

        assertThat(sandbox.create().status()).isEqualTo(201);
        assertThat(sandbox.create().status()).isEqualTo(201);
    }

    @Test
    void a_cut_connection_leaves_a_prediction_behind() {
        sandbox.order("{\"fault\":\"drop_answer\"}");

        assertThatThrownBy(() -> sandbox.create()).isInstanceOf(UncheckedIOException.class);

        assertThat(sandbox.sandbox().ledger()).hasSize(1);
        assertThat(sandbox.client().get("/predictions").body().path("results").size())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 504})
    void a_gateway_may_answer_for_a_prediction_that_exists(int status) {
        sandbox.order("{\"fault\":\"drop_answer\",\"status\":" + status + "}");

        var answer = sandbox.create();

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("text/html");
        assertThat(sandbox.sandbox().ledger()).hasSize(1);
    }

    @Test
    void an_answer_may_come_after_its_caller_went() {
        sandbox.order("{\"fault\":\"drop_answer\",\"delay\":\"PT1S\",\"times\":2}");
        var body = Json.object().put("version", FaultySandbox.VEO);
        body.set("input", FaultySandbox.input());

        assertThatThrownBy(() -> sandbox.client()
                        .send(sandbox.client()
                                .request("/predictions")
                                .timeout(Duration.ofMillis(300))
                                .POST(BodyPublishers.ofString(body.toString()))))
                .hasCauseInstanceOf(HttpTimeoutException.class);

        assertThat(sandbox.sandbox().ledger()).hasSize(1);
        assertThat(sandbox.create().text("id"))
                .isEqualTo(sandbox.sandbox().ledger().getLast().predictionId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "list", "cancel", "upload", "other", "any"})
    void other_calls_can_be_refused_too(String call) throws Exception {
        var id = sandbox.create().text("id");
        sandbox.order("{\"fault\":\"refuse_call\",\"on\":\"" + call + "\",\"answer\":\"bad_gateway\"}");
        var file = Files.writeString(home.resolve("frame.jpg"), "no photo");

        Client.Answer refused =
                switch (call) {
                    case "show", "any" -> sandbox.client().get("/predictions/" + id);
                    case "list" -> sandbox.client().get("/predictions");
                    case "cancel" -> sandbox.client().post("/predictions/" + id + "/cancel", Json.object());
                    case "upload" -> sandbox.client().upload(file, "frame.jpg", "{}");
                    default -> sandbox.client().get("/account");
                };

        assertThat(refused.status()).isEqualTo(502);
        Awaitility.await().until(() -> sandbox.struck().count() == 1);
        assertThat(sandbox.client().get("/predictions/" + id).status()).isEqualTo(200);
    }
}
