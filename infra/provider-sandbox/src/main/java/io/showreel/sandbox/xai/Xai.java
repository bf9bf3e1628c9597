package io.showreel.sandbox.xai;

import io.showreel.sandbox.Json;
import io.showreel.sandbox.Keys;
import io.showreel.sandbox.fault.Faults;
import io.showreel.sandbox.http.Handler;
import io.showreel.sandbox.http.Reply;
import io.showreel.sandbox.http.Request;
import io.showreel.sandbox.http.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** xAI's API: chat completions, the models, the key. */
public final class Xai {
    private final Keys keys;
    private final List<LanguageModel> models;
    private final Chat chat;
    private final DeferredAnswers deferred = new DeferredAnswers();

    private record Listing(List<LanguageModel> models) {}

    public Xai(Keys keys, Faults faults) {
        this.keys = keys;
        var resource = "/io/showreel/sandbox/language-models.json";
        try (var in = Objects.requireNonNull(Xai.class.getResourceAsStream(resource), resource)) {
            models = Json.MAPPER.readValue(in, Listing.class).models();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.chat = new Chat(this::named, faults);
    }

    public void addTo(Routes routes) {
        routes.on("POST", "/v1/chat/completions", authenticated(this::complete))
                .on(
                        "GET",
                        "/v1/chat/deferred-completion/{id}",
                        authenticated(request -> deferred.read(request.variable("id"))))
                .on("GET", "/v1/models", authenticated(request -> list()))
                .on("GET", "/v1/models/{id}", authenticated(request -> Reply.json(200, shown(model(request)))))
                .on("GET", "/v1/language-models", authenticated(request -> priced()))
                .on(
                        "GET",
                        "/v1/language-models/{id}",
                        authenticated(request -> Reply.json(200, priced(model(request)))))
                .on("GET", "/v1/api-key", authenticated(Xai::key));
    }

    private Handler authenticated(Handler handler) {
        return request -> {
            var token = Keys.token(request, "Bearer").orElseThrow(Errors::unauthenticated);
            request.belongsTo(keys.account(token).orElseThrow(Errors::wrongKey));
            return handler.handle(request);
        };
    }

    private Reply complete(Request request) throws IOException, InterruptedException {
        var body = Chat.read(request);
        return body.path("deferred").asBoolean(false)
                ? deferred.accept(() -> chat.answer(request, body))
                : chat.answer(request, body);
    }

    private Reply list() {
        var body = Json.object();
        var data = body.putArray("data");
        models.forEach(model -> data.add(shown(model)));
        return Reply.json(200, body.put("object", "list"));
    }

    private Reply priced() {
        var body = Json.object();
        var shown = body.putArray("models");
        models.forEach(model -> shown.add(priced(model)));
        return Reply.json(200, body);
    }

    private static ObjectNode shown(LanguageModel model) {
        var shown = Json.object()
                .put("id", model.id())
                .put("created", model.created())
                .put("object", "model")
                .put("owned_by", "xai");
        var aliases = shown.putArray("aliases");
        model.aliases().forEach(aliases::add);
        return shown;
    }

    /** Prices are in cents for a hundred million tokens. */
    private static ObjectNode priced(LanguageModel model) {
        var shown = shown(model)
                .put("prompt_text_token_price", cents(model.prompt()))
                .put("cached_prompt_text_token_price", cents(model.cached()))
                .put("prompt_image_token_price", cents(model.prompt()))
                .put("completion_text_token_price", cents(model.completion()));
        shown.putArray("input_modalities").add("text").add("image");
        shown.putArray("output_modalities").add("text");
        return shown;
    }

    private static long cents(BigDecimal usdForAMillion) {
        return usdForAMillion.movePointRight(4).longValue();
    }

    private static Reply key(Request request) {
        var shown = Json.object()
                .put("redacted_api_key", "xai-...box")
                .put("name", request.account().orElse(""))
                .put("user_id", "00000000-0000-0000-0000-000000000000")
                .put("team_id", "00000000-0000-0000-0000-000000000000")
                .put("team_blocked", false)
                .put("api_key_blocked", false)
                .put("api_key_disabled", false);
        shown.putArray("acls").add("api-key:model:*").add("api-key:endpoint:*");
        return Reply.json(200, shown);
    }

    private LanguageModel model(Request request) {
        return named(request.variable("id"));
    }

    private LanguageModel named(String name) {
        return models.stream()
                .filter(model -> model.isCalled(name))
                .findFirst()
                .orElseThrow(() -> Errors.unknownModel(name));
    }
}
