package io.showreel.selection.storyboard.grok;

import io.showreel.selection.storyboard.Spent;
import io.showreel.selection.storyboard.grok.XaiSettings.Prices;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What chat completions answers, as far as we look at it.
 *
 * @param model the one that answered, which may be another than the one asked for
 */
record ChatReply(
        @Nullable String model,
        @Nullable List<Choice> choices,
        @Nullable Usage usage) {

    private static final int TICKS_PER_USD_AS_POWER_OF_TEN = 10;
    private static final int MILLION_AS_POWER_OF_TEN = 6;

    record Choice(@Nullable Said message, @Nullable String finishReason) {}

    record Said(@Nullable String content, @Nullable String refusal) {}

    record Usage(
            long promptTokens,
            long completionTokens,
            long totalTokens,
            @Nullable Long costInUsdTicks,
            @Nullable PromptDetails promptTokensDetails) {

        /** The total may hold billed reasoning that the completion doesn't count. */
        long billedCompletionTokens() {
            return Math.max(completionTokens, totalTokens - promptTokens);
        }

        BigDecimal cost(Prices prices) {
            if (costInUsdTicks != null) {
                return BigDecimal.valueOf(costInUsdTicks).movePointLeft(TICKS_PER_USD_AS_POWER_OF_TEN);
            }
            var cached = promptTokensDetails == null ? 0 : promptTokensDetails.cachedTokens();
            return of(promptTokens - cached, prices.prompt())
                    .add(of(cached, prices.cachedPrompt()))
                    .add(of(billedCompletionTokens(), prices.completion()));
        }

        private static BigDecimal of(long tokens, BigDecimal priceOfMillion) {
            return BigDecimal.valueOf(tokens).multiply(priceOfMillion).movePointLeft(MILLION_AS_POWER_OF_TEN);
        }
    }

    record PromptDetails(long cachedTokens) {}

    /** What was said first, empty if nothing. */
    String content() {
        var message =
                choices == null || choices.isEmpty() ? null : choices.getFirst().message();
        var content = message == null ? null : message.content();
        return content == null ? "" : content;
    }

    Spent spent(String asked, Prices prices) {
        var answered = model == null ? asked : model;
        return usage == null
                ? new Spent(answered, 0, 0, BigDecimal.ZERO)
                : new Spent(answered, usage.promptTokens(), usage.billedCompletionTokens(), usage.cost(prices));
    }
}
