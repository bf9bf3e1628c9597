package io.showreel.sandbox.xai;

import io.showreel.sandbox.Json;
import io.showreel.sandbox.http.Refusal;
import io.showreel.sandbox.http.Reply;

/** xAI's errors: flat, unlike OpenAI's. */
final class Errors {
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

    static Refusal unreadable(String reason) {
        return new Refusal(
                Reply.text(422, "text/plain", "Failed to deserialize the JSON body into the target type: " + reason));
    }

    private static Refusal error(int status, String code, String message) {
        return new Refusal(Reply.json(status, Json.object().put("code", code).put("error", message)));
    }
}
