package io.showreel.selection.storyboard.grok;

import io.showreel.selection.storyboard.StorytellerException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Why xAI gave no answer. The status counts first, since the {@code code} in the body has changed its form before.
 *
 * @param detail what xAI said
 * @param retryAfter what xAI asked for, null if nothing
 */
record XaiFailure(Kind kind, String detail, @Nullable Duration retryAfter) {

    enum Kind {
        AUTH("provider_auth", "xAI does not accept the API key. Set XAI_API_KEY to a valid one from console.x.ai."),
        BILLING(
                "provider_billing",
                "The xAI team has no credit, or the API key is blocked. Add credit or unblock the key at console.x.ai."),
        MODEL(
                "provider_model",
                "xAI does not offer the configured model. Set XAI_MODEL to one that GET /v1/models lists."),
        QUOTA(
                "provider_quota",
                "The usage quota at xAI is exhausted. Raise it at console.x.ai, or wait for its renewal."),
        REJECTED("provider_rejected", "xAI refuses the request. Check XAI_MODEL and selection.xai.effort."),
        THROTTLED("provider_throttled", "xAI kept answering that there are too many requests. Try again later."),
        UNAVAILABLE("provider_unavailable", "xAI did not answer in time, or failed. Try again later.");

        private final String code;
        private final String advice;

        Kind(String code, String advice) {
            this.code = code;
            this.advice = advice;
        }
    }

    private static final int LONGEST_DETAIL = 300;
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Reads the documented flat body, OpenAI's nested one, and anything else as plain text. */
    static XaiFailure of(int status, HttpHeaders headers, String body) {
        var code = "";
        var error = body;
        try {
            var json = JSON.readTree(body);
            if (json.isObject()) {
                code = text(json.path("code"));
                error = json.path("error").isObject()
                        ? text(json.path("error").path("message"))
                        : text(json.path("error"));
            }
        } catch (JacksonException e) {
            // Proxies answer in HTML, and xAI's own 422 is plain text: both speak for themselves.
        }
        var requestId =
                headers.firstValue("x-request-id").map(id -> ", request " + id).orElse("");
        var detail = "HTTP %d%s: %s".formatted(status, requestId, oneLine(error));
        return new XaiFailure(kind(status, code, error), detail, retryAfter(headers));
    }

    static XaiFailure unavailable(String detail) {
        return new XaiFailure(Kind.UNAVAILABLE, oneLine(detail), null);
    }

    StorytellerException asException() {
        return new StorytellerException(kind.code, "%s (%s)".formatted(kind.advice, detail));
    }

    private static Kind kind(int status, String code, String error) {
        var said = (code + " " + error).toLowerCase(Locale.ROOT);
        return switch (status) {
            case 400 -> said.contains("api key") ? Kind.AUTH : Kind.REJECTED;
            case 401 -> Kind.AUTH;
            case 402 -> Kind.BILLING;
            case 403 -> said.contains("credentials") ? Kind.AUTH : Kind.BILLING;
            case 404 -> Kind.MODEL;
            case 408 -> Kind.UNAVAILABLE;
            case 429 -> said.contains("quota") ? Kind.QUOTA : Kind.THROTTLED;
            default -> status >= 500 ? Kind.UNAVAILABLE : Kind.REJECTED;
        };
    }

    private static @Nullable Duration retryAfter(HttpHeaders headers) {
        return headers.firstValue("retry-after").flatMap(XaiFailure::seconds).orElse(null);
    }

    /** The other form, a date, is not worth trusting two clocks for. */
    private static Optional<Duration> seconds(String value) {
        try {
            return Optional.of(Duration.ofMillis(Math.max(0, Math.round(Double.parseDouble(value) * 1000))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }

    private static String oneLine(String text) {
        var line = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
        return line.length() <= LONGEST_DETAIL ? line : line.substring(0, LONGEST_DETAIL) + "…";
    }
}
