package io.showreel.sandbox.prediction;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long things take.
 *
 * @param boot       from creation to the start
 * @param minLatency from the start to the end, at least; rendering happens meanwhile
 * @param maxLatency each prediction draws its latency between the two
 * @param runLimit   a run that takes longer is killed
 * @param retention  inputs, outputs and files live this long
 */
public record Timing(Duration boot, Duration minLatency, Duration maxLatency, Duration runLimit, Duration retention) {
    public static final Timing DEFAULT = new Timing(
            Duration.ofMillis(300), Duration.ZERO, Duration.ZERO, Duration.ofMinutes(30), Duration.ofHours(1));

    public Timing withBoot(Duration boot) {
        return new Timing(boot, minLatency, maxLatency, runLimit, retention);
    }

    public Timing withLatency(Duration least, Duration most) {
        return new Timing(boot, least, most, runLimit, retention);
    }

    public Timing withRunLimit(Duration runLimit) {
        return new Timing(boot, minLatency, maxLatency, runLimit, retention);
    }

    public Timing withRetention(Duration retention) {
        return new Timing(boot, minLatency, maxLatency, runLimit, retention);
    }

    Duration latency(RandomGenerator random) {
        long spread = maxLatency.minus(minLatency).toMillis();
        return spread <= 0 ? minLatency : minLatency.plusMillis(random.nextLong(spread + 1));
    }
}
