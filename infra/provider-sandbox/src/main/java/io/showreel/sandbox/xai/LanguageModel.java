package io.showreel.sandbox.xai;

import java.math.BigDecimal;
import java.util.List;

/**
 * A model that chats.
 *
 * @param reasoning refuses stops and penalties
 * @param efforts   the values it takes for {@code reasoning_effort}
 * @param prompt    USD for a million tokens, as are the other prices
 */
record LanguageModel(
        String id,
        List<String> aliases,
        long created,
        boolean reasoning,
        List<String> efforts,
        BigDecimal prompt,
        BigDecimal cached,
        BigDecimal completion) {
    private static final int TICKS_OF_A_DOLLAR = 10;
    private static final int MILLION = 6;

    boolean isCalled(String name) {
        return id.equals(name) || aliases.contains(name);
    }

    /** What a chat costs, in ticks of 10^-10 USD. */
    long ticks(long promptTokens, long completionTokens) {
        return prompt.multiply(BigDecimal.valueOf(promptTokens))
                .add(completion.multiply(BigDecimal.valueOf(completionTokens)))
                .movePointRight(TICKS_OF_A_DOLLAR - MILLION)
                .longValue();
    }
}
