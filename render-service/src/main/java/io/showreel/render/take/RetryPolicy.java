package io.showreel.render.take;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * How often a take is submitted again after the same symptom, and how long it waits before each time.
 *
 * @param waits one for each permitted resubmission
 */
public record RetryPolicy(List<Duration> waits) {

    /** The same input would meet the same answer. */
    public static final RetryPolicy NEVER = new RetryPolicy(List.of());

    public static final RetryPolicy ONCE = waitingSeconds(10);

    public static final RetryPolicy TWICE_WITHIN_A_MINUTE = waitingSeconds(10, 30);

    /** Starts that time out while the provider is under load need room between them. */
    public static final RetryPolicy STAGGERED = waitingSeconds(5, 20, 45, 80);

    public static final RetryPolicy WHEN_THE_MODEL_IS_WELL_AGAIN = waitingSeconds(120, 300);

    public static final RetryPolicy WHILE_DEMAND_IS_HIGH = waitingSeconds(15, 30, 60, 120, 120);

    /** Nothing was started, so nothing was paid: only a prediction that never arrives is given up. */
    public static final RetryPolicy WHILE_IT_NEVER_ARRIVES = waitingSeconds(0, 10, 30, 60, 120);

    public RetryPolicy {
        waits = List.copyOf(waits);
    }

    private static RetryPolicy waitingSeconds(long... seconds) {
        return new RetryPolicy(
                LongStream.of(seconds).mapToObj(Duration::ofSeconds).toList());
    }

    /** @return the wait before the next submission, empty when there must be none */
    public Optional<Duration> after(int failures) {
        return failures < 1 || failures > waits.size() ? Optional.empty() : Optional.of(waits.get(failures - 1));
    }
}
