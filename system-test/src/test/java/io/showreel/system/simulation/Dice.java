package io.showreel.system.simulation;

import java.util.List;
import java.util.Random;
import java.util.UUID;

/** All chance of a run, so that its seed repeats it. */
final class Dice {

    private final Random random;
    private long ids;

    Dice(long seed) {
        random = new Random(seed);
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    int upTo(int bound) {
        return random.nextInt(bound);
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    UUID id() {
        return new UUID(0, ++ids);
    }
}
