package io.showreel.sandbox.xai;

import io.showreel.sandbox.Json;
import io.showreel.sandbox.fault.RefuseChat;
import io.showreel.sandbox.http.Refusal;
import io.showreel.sandbox.http.Reply;
import java.util.Objects;

/** xAI's errors: flat, unlike OpenAI's. */
final class Errors {
    private static final String UNREADABLE = "Failed to deserialize the JSON body into the target type: ";

    private Errors() {}

    static Refusal unauthenticated() {
        return error(401, "unauthenticated", "No API key was given in the Authorization header.");
    }

    static Refusal wrongKey() {
        return invalid("Incorrect API key provided. You can obtain an API key from https://console.x.ai.");
    }

    static Refusal invalid(String message) {
        return error(400, "invalid-argument", message);
    }

    static Refusal unknownModel(String model) {
        return error(
                404,
                "not-found",
                "The model " + model + " does not exist or your team 00000000-0000-0000-0000-000000000000"
                        + " does not have access to it.");
    }

    static Refusal unknownRequest() {
        return error(404, "not-found", "The request does not exist, or its answer was fetched before.");
    }

    static Reply of(RefuseChat fault, String model) {
        if (fault.status() != null) {
            return page(fault.status(), Objects.requireNonNullElse(fault.body(), ""));
        }
        return switch (Objects.requireNonNull(fault.answer())) {
            case WRONG_KEY -> wrongKey().reply();
            case INVALID_ARGUMENT ->
                invalid("Argument not supported on this model: reasoningEffort").reply();
            case UNREADABLE_IMAGE -> invalid("The image could not be read").reply();
            case UNAUTHENTICATED -> unauthenticated().reply();
            case NO_CREDIT ->
                error(
                                403,
                                "permission-denied",
                                "Your newly created team doesn't have any credits or licenses yet. You can purchase"
                                        + " those on https://console.x.ai.")
                        .reply();
            case BLOCKED_KEY ->
                error(403, "unauthenticated:bad-credentials", "The API key is blocked.")
                        .reply();
            case UNKNOWN_MODEL -> unknownModel(model).reply();
            case UNREADABLE_BODY ->
                error(422, "invalid-argument", UNREADABLE + "missing field `messages`")
                        .reply();
            case UNREADABLE_BODY_AS_TEXT ->
                unreadable("missing field `messages`").reply();
            case THROTTLED -> throttled(model);
            case THROTTLED_WITH_PAUSE -> throttled(model).with("retry-after", "1");
            case QUOTA_EXCEEDED ->
                error(429, "resource-exhausted", "Free usage quota exceeded. Please purchase credits.")
                        .reply();
            case INTERNAL_ERROR -> error(500, "internal", "Internal error").reply();
            case BAD_GATEWAY -> page(502, "<html><body><h1>502 Bad Gateway</h1></body></html>");
            case UNAVAILABLE -> page(503, "");
            case GATEWAY_TIMEOUT -> page(504, "<html><body><h1>504 Gateway Time-out</h1></body></html>");
        };
    }

    private static Reply throttled(String model) {
        return error(
                        429,
                        "resource-exhausted",
                        "Too many requests for team 00000000-0000-0000-0000-000000000000 and model " + model
                                + ". Your team's rate limit is requests per second (actual/limit): 2/2.")
                .reply();
    }

    private static Reply page(int status, String body) {
        return Reply.text(status, body.startsWith("{") ? "application/json" : "text/html", body);
    }

    static Refusal unreadable(String reason) {
        return new Refusal(Reply.text(422, "text/plain", UNREADABLE + reason));
    }

    private static Refusal error(int status, String code, String message) {
        return new Refusal(Reply.json(status, Json.object().put("code", code).put("error", message)));
    }
}
