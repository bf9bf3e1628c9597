package io.showreel.sandbox.xai;

import io.showreel.sandbox.Json;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is said, and what saying it costs.
 *
 * @param answering the model that is named in the answer
 */
record Completion(
        LanguageModel model,
        String answering,
        @Nullable String content,
        @Nullable String refusal,
        String finishReason,
        Tokens prompt,
        long completionTokens) {

    /** The tokens of a prompt. */
    record Tokens(long text, long images) {
        long sum() {
            return text + images;
        }
    }

    Completion(
            LanguageModel model,
            String content,
            @Nullable String refusal,
            String finishReason,
            Tokens prompt,
            long completionTokens) {
        this(model, model.id(), content, refusal, finishReason, prompt, completionTokens);
    }

    /** Only the first half of it. */
    Completion cut(String reason) {
        var said = content == null ? "" : content;
        return new Completion(
                model, answering, said.substring(0, said.length() / 2), refusal, reason, prompt, completionTokens / 2);
    }

    Completion refused(String why) {
        return new Completion(model, answering, null, why, finishReason, prompt, 0);
    }

    Completion saying(String other) {
        return new Completion(model, answering, other, refusal, finishReason, prompt, completionTokens);
    }

    Completion by(String otherModel) {
        return new Completion(model, otherModel, content, refusal, finishReason, prompt, completionTokens);
    }

    ObjectNode shown() {
        var shown = Json.object()
                .put("id", UUID.randomUUID().toString())
                .put("object", "chat.completion")
                .put("created", Instant.now().getEpochSecond())
                .put("model", answering);
        var choice = shown.putArray("choices").addObject().put("index", 0);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", content)
                .put("refusal", refusal);
        choice.put("finish_reason", finishReason);
        var usage = shown.putObject("usage")
                .put("prompt_tokens", prompt.sum())
                .put("completion_tokens", completionTokens)
                .put("total_tokens", prompt.sum() + completionTokens)
                .put("cost_in_usd_ticks", model.ticks(prompt.sum(), completionTokens));
        usage.putObject("prompt_tokens_details")
                .put("text_tokens", prompt.text())
                .put("image_tokens", prompt.images())
                .put("cached_tokens", 0)
                .put("audio_tokens", 0);
        usage.putObject("completion_tokens_details").put("reasoning_tokens", 0);
        shown.put("system_fingerprint", "fp_sandbox");
        return shown;
    }
}
