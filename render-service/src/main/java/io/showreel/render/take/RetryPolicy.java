package io.showreel.render.take;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/**
 * How often a take is submitted again after the same symptom, and how long it waits before each time.
 *
 * @param sentence what it says, for the ledger's readers
 * @param waits one for each permitted resubmission
 * @param isEndless whether there is no limit, as nothing was made that could be paid
 */
public record RetryPolicy(String sentence, List<Duration> waits, boolean isEndless) {

    /** The same input would meet the same answer. */
    public static final RetryPolicy NEVER = limited("never again");

    public static final RetryPolicy ONCE = limited("once more after ten seconds", 10);

    public static final RetryPolicy TWICE_WITHIN_A_MINUTE = limited("twice more within a minute", 10, 30);

    /** Starts that time out while the provider is under load need room between them. */
    public static final RetryPolicy STAGGERED = limited("four times more, further apart each time", 5, 20, 45, 80);

    public static final RetryPolicy WHEN_THE_MODEL_IS_WELL_AGAIN =
            limited("twice more, when the model had minutes to recover, the last time with its fallback", 120, 300);

    public static final RetryPolicy WHILE_DEMAND_IS_HIGH =
            limited("five times more while demand is high", 15, 30, 60, 120, 120);

    /**
     * Nothing was started, so nothing was paid; but a proof may be wrong, so not without limit. Together the waits
     * outlast a provider that fails for hours.
     */
    public static final RetryPolicy WHILE_IT_NEVER_ARRIVES =
            limited("six times more, each after its absence was proven", 0, 30, 120, 600, 3600, 4 * 3600);

    /** The account's pause is the wait, and the job's own clock the limit. */
    public static final RetryPolicy WHEN_THE_ACCOUNT_MAY_AGAIN =
            new RetryPolicy("as often as it takes, whenever the account may submit again", List.of(), true);

    public RetryPolicy {
        waits = List.copyOf(waits);
    }

    private static RetryPolicy limited(String sentence, long... seconds) {
        return new RetryPolicy(
                sentence, LongStream.of(seconds).mapToObj(Duration::ofSeconds).toList(), false);
    }

    /** @return the most resubmissions; empty without a limit */
    public OptionalInt limit() {
        return isEndless ? OptionalInt.empty() : OptionalInt.of(waits.size());
    }

    /** @return the wait before the next submission, empty when there must be none */
    public Optional<Duration> after(int failures) {
        if (isEndless) {
            return Optional.of(Duration.ZERO);
        }
        return failures < 1 || failures > waits.size() ? Optional.empty() : Optional.of(waits.get(failures - 1));
    }
}
