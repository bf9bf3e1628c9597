package io.showreel.sandbox.replicate;

import io.showreel.sandbox.Json;
import io.showreel.sandbox.http.Refusal;
import io.showreel.sandbox.http.Reply;
import io.showreel.sandbox.model.Violation;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Replicate's error bodies. */
public final class Problems {
    private Problems() {}

    static Refusal unauthenticated() {
        return refusal(401, "Unauthenticated", "You did not pass an authentication token");
    }

    static Refusal wrongToken() {
        return refusal(401, "Unauthenticated", "You did not pass a valid authentication token");
    }

    public static Reply notFound() {
        return Reply.problem(404, problem(404, "Not found", "The requested resource could not be found."));
    }

    static Refusal unknownFile() {
        return new Refusal(Reply.problem(404, Json.object().put("detail", "File not found")));
    }

    static Refusal fileTooLarge() {
        return new Refusal(Reply.problem(413, Json.object().put("detail", "Files must be less than 100MB in size")));
    }

    static Refusal malformed(String detail) {
        return refusal(400, "Bad request", detail);
    }

    static Refusal invalidVersion() {
        return refusal(
                422,
                "Invalid version or not permitted",
                "The specified version does not exist (or perhaps you don't have permission to use it?)");
    }

    static Refusal invalid(List<Violation> violations) {
        var body = problem(
                422,
                "Input validation failed",
                violations.stream().map(Violation::line).collect(Collectors.joining()));
        var fields = body.putArray("invalid_fields");
        violations.forEach(violation -> fields.addObject()
                .put("type", violation.type())
                .put("field", violation.field())
                .put("description", violation.description()));
        return new Refusal(Reply.problem(422, body));
    }

    /** @param prefix says why the limit is what it is, if it is a special one */
    static Refusal throttled(String prefix, long seconds) {
        var body = Json.object()
                .put("detail", "Request was throttled. " + prefix + "Your rate limit resets in ~" + seconds + "s.")
                .put("status", 429)
                .put("retry_after", seconds);
        return new Refusal(Reply.problem(429, body).with("retry-after", Long.toString(seconds)));
    }

    static Reply of(int status, String title, String detail) {
        return Reply.problem(status, problem(status, title, detail));
    }

    private static Refusal refusal(int status, String title, String detail) {
        return new Refusal(of(status, title, detail));
    }

    private static ObjectNode problem(int status, String title, String detail) {
        return Json.object().put("title", title).put("detail", detail).put("status", status);
    }
}
