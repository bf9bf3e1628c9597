package io.showreel.sandbox.xai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.showreel.sandbox.Client;
import io.showreel.sandbox.FaultySandbox;
import io.showreel.sandbox.Json;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

class ChatFaultsTest {
    private static final String PHOTOS =
            "{\"photos\":[{\"id\":\"p1\",\"name\":\"Pool 1\"},{\"id\":\"p2\",\"name\":\"Pool 2\"}]}";
    private static final String SCHEMA = """
            {"type":"object","properties":{"scenes":{"type":"array","minItems":1,"items":{"type":"object",
              "properties":{"first":{"type":"string"},"last":{"type":"string"},"title":{"type":"string"}}}}}}""";

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
            wrong_key               | 400 | Incorrect API key provided.
            invalid_argument        | 400 | Argument not supported on this model: reasoningEffort
            unreadable_image        | 400 | The image could not be read
            unauthenticated         | 401 | "code":"unauthenticated"
            no_credit               | 403 | doesn't have any credits or licenses yet
            blocked_key             | 403 | unauthenticated:bad-credentials
            unknown_model           | 404 | The model grok-4.20-0309-non-reasoning does not exist
            unreadable_body         | 422 | "error":"Failed to deserialize the JSON body
            unreadable_body_as_text | 422 | Failed to deserialize the JSON body
            throttled               | 429 | Too many requests for team
            throttled_with_pause    | 429 | Too many requests for team
            quota_exceeded          | 429 | Free usage quota exceeded
            internal_error          | 500 | internal
            bad_gateway             | 502 | 502 Bad Gateway
            unavailable             | 503 | ''
            gateway_timeout         | 504 | 504 Gateway Time-out
            """)
    void each_error_comes_in_xais_words(String answer, int status, String words) {
        sandbox.order("{\"fault\":\"refuse_chat\",\"answer\":\"" + answer + "\"}");

        var refused = ask();

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.raw().body()).contains(words);
        assertThat(refused.header("retry-after")).isEqualTo(answer.equals("throttled_with_pause") ? "1" : "");
        assertThat(ask().status()).isEqualTo(200);
    }

    @Test
    void an_answer_may_be_too_long() {
        spoil("length", "");
        var cut = ask().body().at("/choices/0");

        assertThat(cut.path("finish_reason").asString()).isEqualTo("length");
        assertThatThrownBy(() -> Json.MAPPER.readTree(cut.at("/message/content").asString()))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void an_answer_may_be_a_refusal() {
        spoil("refusal", "");
        var message = ask().body().at("/choices/0/message");

        assertThat(message.path("content").isNull()).isTrue();
        assertThat(message.path("refusal").asString()).isNotBlank();
    }

    @Test
    void an_answer_may_be_no_json_and_not_know_it() {
        spoil("invalid_json", "");
        var cut = ask().body().at("/choices/0");

        assertThat(cut.path("finish_reason").asString()).isEqualTo("stop");
        assertThatThrownBy(() -> Json.MAPPER.readTree(cut.at("/message/content").asString()))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void an_answer_may_name_photos_that_do_not_exist() {
        spoil("unknown_ids", "");
        var ghost = Json.MAPPER.readTree(content(ask())).at("/scenes/0");
        var right = Json.MAPPER.readTree(content(ask())).at("/scenes/0");

        assertThat(right.path("first").asString()).isIn("p1", "p2");
        assertThat(ghost.path("first").asString()).isNotIn("p1", "p2");
        assertThat(ghost.path("first")).isNotEqualTo(ghost.path("last"));
        assertThat(ghost.path("title")).isEqualTo(right.path("title"));
    }

    @Test
    void another_model_may_answer() {
        spoil("redirected", "");

        assertThat(ask().text("model")).isEqualTo("grok-4.3");
        assertThat(ask().text("model")).isEqualTo("grok-4.20-0309-non-reasoning");
    }

    @Test
    void an_answer_may_be_late() {
        spoil("slow", ",\"over\":\"PT0.4S\"");
        long began = System.nanoTime();

        assertThat(ask().status()).isEqualTo(200);

        assertThat((System.nanoTime() - began) / 1e9).isGreaterThan(0.4);
    }

    @Test
    void an_answer_may_never_come() {
        spoil("hanging", ",\"over\":\"PT0.4S\"");

        assertThatThrownBy(this::ask).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void a_deferred_answer_is_read_once() {
        spoil("slow", ",\"over\":\"PT0.5S\"");
        var request = sandbox.client().post("/chat/completions", question().put("deferred", true));
        var path = "/chat/deferred-completion/" + request.text("request_id");

        assertThat(sandbox.client().get(path).status()).isEqualTo(202);
        var answer = Awaitility.await()
                .pollInterval(Duration.ofMillis(50))
                .until(() -> sandbox.client().get(path), read -> read.status() != 202);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(content(answer)).contains("scenes");
        assertThat(sandbox.client().get(path).status()).isEqualTo(404);
    }

    private void spoil(String how, String more) {
        sandbox.order("{\"fault\":\"spoil_chat\",\"how\":\"" + how + "\"" + more + "}");
    }

    private Client.Answer ask() {
        return sandbox.client().post("/chat/completions", question());
    }

    private static String content(Client.Answer answer) {
        return answer.body().at("/choices/0/message/content").asString();
    }

    private static ObjectNode question() {
        var body = Json.object().put("model", "grok-4.20-non-reasoning");
        body.putArray("messages").addObject().put("role", "user").put("content", PHOTOS);
        var format =
                body.putObject("response_format").put("type", "json_schema").putObject("json_schema");
        format.put("name", "scenes").put("strict", true).set("schema", Json.MAPPER.readTree(SCHEMA));
        return body;
    }
}
