package io.showreel.sandbox.xai;

import io.showreel.sandbox.Ids;
import io.showreel.sandbox.Json;
import io.showreel.sandbox.fault.Faults;
import io.showreel.sandbox.fault.RefuseChat;
import io.showreel.sandbox.fault.SpoilChat;
import io.showreel.sandbox.fault.Target;
import io.showreel.sandbox.http.Refusal;
import io.showreel.sandbox.http.Reply;
import io.showreel.sandbox.http.Request;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A chat completion: the request checked as xAI checks it, and an answer made from the request itself. */
final class Chat {
    private static final int LIMIT = 64 << 20;
    private static final int IMAGE_LIMIT = 20 << 20;
    private static final int CHARACTERS_OF_A_TOKEN = 4;
    private static final int TOKENS_OF_AN_IMAGE = 600;
    private static final List<String> NOT_FOR_REASONING = List.of("stop", "presence_penalty", "frequency_penalty");

    private final Function<String, LanguageModel> models;
    private final Faults faults;

    /** @param models by name; refuses what it doesn't know */
    Chat(Function<String, LanguageModel> models, Faults faults) {
        this.models = models;
        this.faults = faults;
    }

    Reply answer(Request request, ObjectNode body) throws InterruptedException {
        var model = models.apply(body.path("model").asString(""));
        var target = new Target(request.account().orElse(null), model.id(), request.path());
        faults.strike(RefuseChat.class, target).ifPresent(fault -> {
            request.struckBy("refuse_chat");
            throw new Refusal(Errors.of(fault, model.id()));
        });
        checkArguments(body, model);
        var messages = body.path("messages");
        var prompt = promptTokens(messages);
        var content = content(body, messages);
        long most = body.path("max_completion_tokens")
                .asLong(body.path("max_tokens").asLong(Long.MAX_VALUE));
        long completion = tokens(content);
        boolean cut = completion > most;
        var said = cut ? content.substring(0, (int) most * CHARACTERS_OF_A_TOKEN) : content;
        var right = new Completion(model, said, null, cut ? "length" : "stop", prompt, Math.min(completion, most));
        var spoilt = faults.strike(SpoilChat.class, target);
        if (spoilt.isEmpty()) {
            return reply(right);
        }
        request.struckBy("spoil_chat");
        return spoilt(spoilt.get(), right, messages);
    }

    private static Reply reply(Completion completion) {
        return Reply.json(200, completion.shown())
                .with("x-request-id", UUID.randomUUID().toString());
    }

    private static Reply spoilt(SpoilChat fault, Completion right, JsonNode messages) throws InterruptedException {
        return switch (fault.how()) {
            case LENGTH -> reply(right.cut("length"));
            case REFUSAL -> reply(right.refused("I can't help with these photos."));
            case INVALID_JSON -> reply(right.cut("stop"));
            case UNKNOWN_IDS -> reply(right.saying(Material.in(messages).withoutIds(right.content())));
            case REDIRECTED -> reply(right.by("grok-4.3"));
            case SLOW -> {
                Thread.sleep(fault.duration());
                yield reply(right);
            }
            case HANGING -> {
                Thread.sleep(fault.duration());
                yield Reply.severed();
            }
        };
    }

    static ObjectNode read(Request request) throws IOException {
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
        if (body.path("stream").asBoolean(false)) {
            throw Errors.invalid("The sandbox does not answer as a stream");
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

    private static Completion.Tokens promptTokens(JsonNode messages) {
        long text = Material.texts(messages).mapToLong(Chat::tokens).sum();
        long images = messages.values().stream()
                .flatMap(message -> message.path("content").values().stream())
                .filter(part -> part.path("type").asString("").equals("image_url"))
                .peek(part -> checkImage(part.path("image_url").path("url").asString("")))
                .count();
        return new Completion.Tokens(text, images * TOKENS_OF_AN_IMAGE);
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
}
