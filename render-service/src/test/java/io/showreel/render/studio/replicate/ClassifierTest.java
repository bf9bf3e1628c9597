package io.showreel.render.studio.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.render.studio.Answer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ClassifierTest {

    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

    private final Classifier classifier = new Classifier(JsonMapper.builder().build());

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 408})
    void what_may_have_been_carried_out_is_ambiguous(int status) {
        assertThat(classifier.classify(status, NO_HEADERS, "<html>Bad gateway</html>"))
                .isInstanceOf(Answer.Ambiguous.class);
    }

    @Test
    void an_answer_that_can_not_be_read_is_ambiguous_too() {
        assertThat(classifier.classify(201, NO_HEADERS, "{\"id\":")).isInstanceOf(Answer.Ambiguous.class);
    }

    @ParameterizedTest
    @CsvSource({"401, KEY", "402, CREDIT", "403, KEY"})
    void without_key_or_credit_everything_is_denied(int status, Answer.Denial denial) {
        assertThat(classifier.classify(status, NO_HEADERS, "{\"detail\":\"no\"}"))
                .isEqualTo(new Answer.Denied<>(denial, "HTTP " + status + ": no"));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void what_is_not_there_is_missing(int status) {
        assertThat(classifier.classify(status, NO_HEADERS, "")).isInstanceOf(Answer.Missing.class);
    }

    @Test
    void an_account_low_on_credit_is_told_its_rate() {
        var body = """
                {"detail":"Request was throttled. Your rate limit for creating predictions is reduced to 6 requests per
                 minute with a burst of 1 requests while you have less than $5.0 in credit. Your rate limit resets in
                 ~5s.","status":429,"retry_after":5}
                """.replace("\n ", " ");
        assertThat(classifier.classify(429, NO_HEADERS, body))
                .isInstanceOfSatisfying(Answer.Throttled.class, throttled -> {
                    assertThat(throttled.perMinute()).isEqualTo(6);
                    assertThat(throttled.delay()).isEqualTo(Duration.ofSeconds(5));
                });
    }

    @Test
    void an_invalid_input_is_rejected_with_the_provider_s_words() {
        var body = """
                {"title":"Input validation failed","status":422,"detail":"- input.duration: must be one of 4, 6, 8"}
                """;
        assertThat(classifier.classify(422, NO_HEADERS, body))
                .isEqualTo(new Answer.Rejected<>("HTTP 422: - input.duration: must be one of 4, 6, 8"));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"detail\":\"x\",\"retry_after\":7}', 7",
        "'{\"detail\":\"Your rate limit resets in ~30s.\"}', 30",
        "'busy', 10"
    })
    void a_throttled_call_is_told_when_to_come_back(String body, int seconds) {
        assertThat(classifier.classify(429, NO_HEADERS, body))
                .isInstanceOfSatisfying(Answer.Throttled.class, throttled -> {
                    assertThat(throttled.delay()).isEqualTo(Duration.ofSeconds(seconds));
                    assertThat(throttled.perMinute()).isNull();
                });
    }

    @Test
    void the_header_says_it_best() {
        var headers = HttpHeaders.of(Map.of("Retry-After", List.of("5")), (name, value) -> true);
        assertThat(classifier.classify(429, headers, "{\"retry_after\":7}"))
                .isInstanceOfSatisfying(Answer.Throttled.class, throttled -> assertThat(throttled.delay())
                        .isEqualTo(Duration.ofSeconds(5)));
    }

    @Test
    void only_what_fails_while_connecting_was_not_sent() {
        assertThat(classifier.classify(new ConnectException())).isInstanceOf(Answer.NotSent.class);
        assertThat(classifier.classify(new HttpConnectTimeoutException("slow"))).isInstanceOf(Answer.NotSent.class);
        assertThat(classifier.classify(new SSLHandshakeException("no"))).isInstanceOf(Answer.NotSent.class);
        assertThat(classifier.classify(new HttpTimeoutException("slow"))).isInstanceOf(Answer.Ambiguous.class);
        assertThat(classifier.classify(new SocketException("reset"))).isInstanceOf(Answer.Ambiguous.class);
        assertThat(classifier.classify(new IOException("no bytes"))).isInstanceOf(Answer.Ambiguous.class);
    }

    @Test
    void a_key_is_never_shown() {
        assertThat(new Secret("r8_x").toString()).isEqualTo("***");
    }
}
