package io.showreel.sandbox.replicate;

import io.showreel.sandbox.Json;
import io.showreel.sandbox.fault.RefuseCall;
import io.showreel.sandbox.http.Reply;
import io.showreel.sandbox.model.Violation;
import java.util.List;
import java.util.Objects;

/** How Replicate refuses, and what stands in its place when something before it answers. */
final class Refusals {
    private static final int PAUSE = 2;
    private static final String PAGE = """
            <html>
            <head><title>%1$s</title></head>
            <body><center><h1>%1$s</h1></center><hr><center>cloudflare</center></body>
            </html>
            """;

    private Refusals() {}

    static Reply of(RefuseCall fault) {
        if (fault.status() != null) {
            return raw(fault.status(), Objects.requireNonNullElse(fault.body(), ""));
        }
        return switch (Objects.requireNonNull(fault.answer())) {
            case UNAUTHENTICATED -> Problems.wrongToken().reply();
            case INSUFFICIENT_CREDIT ->
                Problems.of(
                        402,
                        "Insufficient credit",
                        "You have insufficient credit to run this model. Go to"
                                + " https://replicate.com/account/billing#billing to purchase credit.");
            case SPEND_LIMIT ->
                Problems.of(402, "Monthly spend limit reached", "You have reached your monthly spend limit.");
            case INVALID_INPUT ->
                Problems.invalid(List.of(new Violation(
                                "enum", "input.duration", "duration must be one of the following: 4, 6, 8")))
                        .reply();
            case INVALID_VERSION -> Problems.invalidVersion().reply();
            case THROTTLED -> Problems.throttled("", PAUSE).reply();
            case THROTTLED_BY_HEADER ->
                Reply.problem(
                                429,
                                Json.object()
                                        .put("detail", "Request was throttled.")
                                        .put("status", 429))
                        .with("retry-after", Integer.toString(PAUSE));
            case THROTTLED_BY_BODY ->
                Reply.problem(
                        429,
                        Json.object()
                                .put("detail", "Request was throttled.")
                                .put("status", 429)
                                .put("retry_after", PAUSE));
            case THROTTLED_BY_TEXT ->
                Reply.problem(
                        429,
                        Json.object()
                                .put("detail", "Request was throttled. Your rate limit resets in ~" + PAUSE + "s."));
            case INTERNAL_ERROR -> Problems.of(500, "Internal server error", "An internal error occurred.");
            case BAD_GATEWAY -> page(502);
            case UNAVAILABLE -> raw(503, "");
            case GATEWAY_TIMEOUT -> page(504);
        };
    }

    /** The page of a gateway that stands between the provider and its caller. */
    static Reply page(int status) {
        var title =
                switch (status) {
                    case 502 -> "502 Bad Gateway";
                    case 503 -> "503 Service Temporarily Unavailable";
                    case 504 -> "504 Gateway Time-out";
                    default -> Integer.toString(status);
                };
        return Reply.text(status, "text/html", PAGE.formatted(title));
    }

    private static Reply raw(int status, String body) {
        return Reply.text(status, body.startsWith("{") ? "application/problem+json" : "text/html", body);
    }
}
