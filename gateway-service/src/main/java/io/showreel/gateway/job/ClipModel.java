package io.showreel.gateway.job;

import io.showreel.contracts.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a job knows of the model that renders its clips, fixed at creation.
 *
 * @param lengths that the model can render, ascending
 */
public record ClipModel(String name, List<Duration> lengths, Usd pricePerSecond) {

    public ClipModel {
        lengths = lengths.stream().sorted(Comparator.naturalOrder()).toList();
        if (lengths.isEmpty()) {
            throw new IllegalArgumentException("Model " + name + " has no length");
        }
    }

    /** The shortest length that holds the wished one; what is too long is trimmed in the film. */
    public Optional<Duration> fitting(Duration wished) {
        return lengths.stream().filter(length -> length.compareTo(wished) >= 0).findFirst();
    }

    Duration longest() {
        return lengths.getLast();
    }

    Duration fittingOrLongest(Duration wished) {
        return fitting(wished).orElse(longest());
    }

    public Usd price(Duration wished) {
        var seconds = BigDecimal.valueOf(fittingOrLongest(wished).toMillis()).movePointLeft(3);
        return new Usd(pricePerSecond.amount().multiply(seconds));
    }
}
