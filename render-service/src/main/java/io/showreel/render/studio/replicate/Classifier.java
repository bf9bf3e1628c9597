package io.showreel.render.studio.replicate;

import io.showreel.render.studio.Answer;
import io.showreel.render.studio.Answer.Denial;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Says what an answer of Replicate means for us; when in doubt, that we don't know. */
final class Classifier {

    private static final Pattern RESETS_IN = Pattern.compile("~(\\d+)s");
    private static final Pattern REDUCED_TO = Pattern.compile("reduced to (\\d{1,4}) requests per minute");
    private static final Duration UNTOLD_WAIT = Duration.ofSeconds(10);
    private static final int LONGEST_MESSAGE = 500;

    private final JsonMapper json;

    Classifier(JsonMapper json) {
        this.json = json;
    }

    Answer<JsonNode> classify(int status, HttpHeaders headers, String body) {
        if (status >= 200 && status < 300) {
            return success(body);
        }
        var problem = read(body);
        var message = "HTTP " + status + ": " + messageOf(problem, body);
        return switch (status) {
            case 429 -> new Answer.Throttled<>(waitOf(headers, problem), rateOf(problem), message);
            case 402 -> new Answer.Denied<>(Denial.CREDIT, message);
            case 401, 403 -> new Answer.Denied<>(Denial.KEY, message);
            case 404, 410 -> new Answer.Missing<>(message);
            case 408, 425 -> new Answer.Ambiguous<>(message);
            case 301, 302, 303, 307, 308 ->
                new Answer.NotSent<>(
                        message + " to " + headers.firstValue("location").orElse("nowhere"));
            default -> status < 500 ? new Answer.Rejected<>(message) : new Answer.Ambiguous<>(message);
        };
    }

    /** Only what fails while connecting was certainly not sent. */
    <T> Answer<T> classify(IOException failure) {
        var message = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof UnresolvedAddressException
                    || cause instanceof SSLHandshakeException) {
                return new Answer.NotSent<>(message);
            }
        }
        return new Answer.Ambiguous<>(message);
    }

    private Answer<JsonNode> success(String body) {
        try {
            return new Answer.Success<>(json.readTree(body));
        } catch (JacksonException e) {
            return new Answer.Ambiguous<>("The answer is no JSON: " + e.getOriginalMessage());
        }
    }

    private JsonNode read(String body) {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            return json.missingNode();
        }
    }

    private static String messageOf(JsonNode problem, String body) {
        var detail = problem.path("detail").asString("");
        var text = detail.isBlank() ? body : detail;
        return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) : text.strip();
    }

    /** Only told to accounts that are low on credit. */
    private static @Nullable Integer rateOf(JsonNode problem) {
        var told = REDUCED_TO.matcher(problem.path("detail").asString(""));
        return told.find() ? Integer.valueOf(told.group(1)) : null;
    }

    private static Duration waitOf(HttpHeaders headers, JsonNode problem) {
        var header = headers.firstValue("retry-after").filter(value -> value.matches("\\d{1,6}"));
        if (header.isPresent()) {
            return Duration.ofSeconds(Long.parseLong(header.get()));
        }
        if (problem.path("retry_after").isNumber()) {
            return Duration.ofSeconds(problem.path("retry_after").asLong());
        }
        var told = RESETS_IN.matcher(problem.path("detail").asString(""));
        return told.find() ? Duration.ofSeconds(Long.parseLong(told.group(1))) : UNTOLD_WAIT;
    }
}
