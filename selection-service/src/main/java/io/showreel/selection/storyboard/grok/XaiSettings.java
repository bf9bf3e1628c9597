package io.showreel.selection.storyboard.grok;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How xAI is asked. Models come and go within months there, so everything about them is a setting.
 *
 * @param url base address of the API
 * @param key never logged; without one nobody is asked
 * @param model that answers, as GET /v1/models lists it
 * @param effort of reasoning; left out when null or blank, since a model that knows no effort refuses it
 * @param temperature of the answer, 0 to 2
 * @param maxCompletionTokens of the visible answer
 * @param connectTimeout for a connection
 * @param requestTimeout for one answer, first byte to last
 * @param retry how often it is asked again, and after which pauses
 * @param prices of the model
 */
@ConfigurationProperties("selection.xai")
record XaiSettings(
        @DefaultValue("https://api.x.ai/v1") URI url,
        @DefaultValue("") Secret key,
        @DefaultValue("grok-4.20-non-reasoning") String model,
        @Nullable String effort,
        @DefaultValue("0.3") double temperature,
        @DefaultValue("6000") int maxCompletionTokens,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("60s") Duration requestTimeout,
        @DefaultValue Retry retry,
        @DefaultValue Prices prices) {

    XaiSettings {
        effort = effort == null || effort.isBlank() ? null : effort;
    }

    /**
     * @param throttled how often a request is sent in all while xAI says that there are too many
     * @param unavailable how often in all while xAI fails or stays silent
     * @param firstPause doubled for each further one, with jitter
     * @param longestPause between two requests
     */
    record Retry(
            @DefaultValue("5") int throttled,
            @DefaultValue("3") int unavailable,
            @DefaultValue("1s") Duration firstPause,
            @DefaultValue("30s") Duration longestPause) {}

    /**
     * In US dollars for a million tokens; used where an answer doesn't state its cost.
     *
     * @param prompt for what is asked
     * @param cachedPrompt for what xAI still remembers of it
     * @param completion for what is answered
     */
    record Prices(
            @DefaultValue("1.25") BigDecimal prompt,
            @DefaultValue("0.20") BigDecimal cachedPrompt,
            @DefaultValue("2.50") BigDecimal completion) {

        boolean areThoseOf(Prices other) {
            return prompt.compareTo(other.prompt) == 0
                    && cachedPrompt.compareTo(other.cachedPrompt) == 0
                    && completion.compareTo(other.completion) == 0;
        }

        String inWords() {
            return "%s (cached %s) and %s USD".formatted(plain(prompt), plain(cachedPrompt), plain(completion));
        }

        private static String plain(BigDecimal amount) {
            return amount.stripTrailingZeros().toPlainString();
        }
    }

    URI at(String path) {
        var base = url.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }
}
