package io.showreel.sandbox.xai;

import io.showreel.sandbox.Ids;
import io.showreel.sandbox.Json;
import io.showreel.sandbox.Keys;
import io.showreel.sandbox.http.Handler;
import io.showreel.sandbox.http.Reply;
import io.showreel.sandbox.http.Request;
import io.showreel.sandbox.http.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** xAI's API: chat completions, the models, the key. */
public final class Xai {
    private static final int LIMIT = 64 << 20;
    private static final int IMAGE_LIMIT = 20 << 20;
    private static final int CHARACTERS_OF_A_TOKEN = 4;
    private static final int TOKENS_OF_AN_IMAGE = 600;
    private static final List<String> NOT_FOR_REASONING = List.of("stop", "presence_penalty", "frequency_penalty");

    private final Keys keys;
    private final List<LanguageModel> models;

    private record Listing(List<LanguageModel> models) {}

    private record Tokens(long text, long images) {
        long sum() {
            return text + images;
        }
    }

    public Xai(Keys keys) {
        this.keys = keys;
        var resource = "/io/showreel/sandbox/language-models.json";
        try (var in = Objects.requireNonNull(Xai.class.getResourceAsStream(resource), resource)) {
            models = Json.MAPPER.readValue(in, Listing.class).models();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void addTo(Routes routes) {
        routes.on("POST", "/v1/chat/completions", authenticated(this::complete))
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

    private Reply complete(Request request) throws IOException {
        var body = read(request);
        var model = named(body.path("model").asString(""));
        var messages = body.path("messages");
        checkArguments(body, model);
        var prompt = promptTokens(messages);
        var content = content(body, messages);
        long most = body.path("max_completion_tokens")
                .asLong(body.path("max_tokens").asLong(Long.MAX_VALUE));
        long completion = tokens(content);
        boolean cut = completion > most;
        var said = cut ? content.substring(0, (int) most * CHARACTERS_OF_A_TOKEN) : content;
        return Reply.json(200, completion(model, said, cut, prompt, Math.min(completion, most)))
                .with("x-request-id", UUID.randomUUID().toString());
    }

    private static ObjectNode read(Request request) throws IOException {
        ObjectNode body;
        try {
            if (!(Json.MAPPER.readTree(request.body().readNBytes(LIMIT)) instanceof ObjectNode object)) {
                throw Errors.unreadable("expected an object");
            }
            body = object;
        } catch (JacksonException e) {
            throw Errors.unreadable(e.getOriginalMessage());
        }
        for (var field : List.of("model", "messages")) {
            if (!body.has(field)) {
                throw Errors.unreadable("missing field `" + field + "`");
            }
        }
        if (!body.get("messages").isArray()) {
            throw Errors.unreadable("messages: expected a sequence");
        }
        return body;
    }

    private static void checkArguments(ObjectNode body, LanguageModel model) {
        if (body.hasNonNull("reasoning_effort")
                && !model.efforts().contains(body.get("reasoning_effort").asString(""))) {
            throw Errors.invalid("Argument not supported on this model: reasoningEffort");
        }
        for (var argument : NOT_FOR_REASONING) {
            if (model.reasoning() && body.hasNonNull(argument)) {
                throw Errors.invalid("Argument not supported on this model: " + argument);
            }
        }
        if (body.path("stream").asBoolean(false) || body.path("deferred").asBoolean(false)) {
            throw Errors.invalid("The sandbox answers neither as a stream nor deferred");
        }
    }

    private static String content(ObjectNode body, JsonNode messages) {
        var format = body.path("response_format");
        long seed = body.path("seed").asLong(seed(messages));
        var material = Material.in(messages);
        return switch (format.path("type").asString("text")) {
            case "json_schema" -> {
                var schema = new Schema(format.path("json_schema").path("schema"));
                schema.check();
                yield Answer.by(schema, material, seed).toString();
            }
            case "json_object" ->
                Json.object().put("groups", material.groups().size()).toString();
            default -> "I see " + material.groups().size() + " groups of photos.";
        };
    }

    private static ObjectNode completion(
            LanguageModel model, String said, boolean cut, Tokens prompt, long completion) {
        var shown = Json.object()
                .put("id", UUID.randomUUID().toString())
                .put("object", "chat.completion")
                .put("created", Instant.now().getEpochSecond())
                .put("model", model.id());
        var choice = shown.putArray("choices").addObject().put("index", 0);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", said)
                .putNull("refusal");
        choice.put("finish_reason", cut ? "length" : "stop");
        var usage = shown.putObject("usage")
                .put("prompt_tokens", prompt.sum())
                .put("completion_tokens", completion)
                .put("total_tokens", prompt.sum() + completion)
                .put("cost_in_usd_ticks", model.ticks(prompt.sum(), completion));
        usage.putObject("prompt_tokens_details")
                .put("text_tokens", prompt.text())
                .put("image_tokens", prompt.images())
                .put("cached_tokens", 0)
                .put("audio_tokens", 0);
        usage.putObject("completion_tokens_details").put("reasoning_tokens", 0);
        shown.put("system_fingerprint", "fp_sandbox");
        return shown;
    }

    private static Tokens promptTokens(JsonNode messages) {
        long text = Material.texts(messages).mapToLong(Xai::tokens).sum();
        long images = messages.values().stream()
                .flatMap(message -> message.path("content").values().stream())
                .filter(part -> part.path("type").asString("").equals("image_url"))
                .peek(part -> checkImage(part.path("image_url").path("url").asString("")))
                .count();
        return new Tokens(text, images * TOKENS_OF_AN_IMAGE);
    }

    private static void checkImage(String url) {
        if (!url.startsWith("data:image/") && !url.startsWith("http")) {
            throw Errors.invalid("The image could not be read");
        }
        if ((long) url.length() * 3 / 4 > IMAGE_LIMIT) {
            throw Errors.invalid("The image is larger than 20 MiB");
        }
    }

    private static long tokens(String text) {
        return (text.length() + CHARACTERS_OF_A_TOKEN - 1) / CHARACTERS_OF_A_TOKEN;
    }

    private static long seed(JsonNode messages) {
        return Long.parseUnsignedLong(Ids.sha256(messages.toString()).substring(0, 15), 16);
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
