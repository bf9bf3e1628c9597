package io.showreel.selection.storyboard;

import io.showreel.contracts.Usd;
import io.showreel.contracts.storyboard.StoryboardEvent.Effort;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What asking took so far. Kept exact: one answer costs less than the smallest amount on the wire.
 *
 * @param model the model that answered last
 */
public record Spent(@Nullable String model, long promptTokens, long completionTokens, BigDecimal usd) {

    public static final Spent NOTHING = new Spent(null, 0, 0, BigDecimal.ZERO);

    Spent plus(Spent next) {
        return new Spent(
                next.model == null ? model : next.model,
                promptTokens + next.promptTokens,
                completionTokens + next.completionTokens,
                usd.add(next.usd));
    }

    Effort noting(@Nullable String note) {
        return new Effort(model, promptTokens, completionTokens, new Usd(usd), note);
    }
}
