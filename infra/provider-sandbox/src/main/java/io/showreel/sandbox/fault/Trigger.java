package io.showreel.sandbox.fault;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * When an ordered fault strikes. Calls are counted from the order on, and only those that it could strike.
 *
 * @param model       only at this one
 * @param account     only at this one
 * @param times       so often at most; once if nothing else is said of how often, when or how long
 * @param calls       exactly at these calls, counted from 1
 * @param probability at each call with this chance, 0 to 1
 * @param seed        makes the chance repeatable: the same call of the same seed falls alike; drawn if absent
 * @param lasting     so long at most
 * @param each        so often at most at one prediction, or at one path where none is known
 */
public record Trigger(
        @Nullable String model,
        @Nullable String account,
        @Nullable Integer times,
        @Nullable List<Integer> calls,
        @Nullable Double probability,
        @Nullable Long seed,
        @Nullable Duration lasting,
        @Nullable Integer each) {

    public Trigger {
        if (times != null && times < 1) {
            throw new IllegalArgumentException("times must be at least 1");
        }
        if (each != null && each < 1) {
            throw new IllegalArgumentException("each must be at least 1");
        }
        if (calls != null && (calls.isEmpty() || Collections.min(calls) < 1)) {
            throw new IllegalArgumentException("calls are counted from 1");
        }
        if (probability != null && !(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be between 0 and 1");
        }
        if (calls != null && probability != null) {
            throw new IllegalArgumentException("either calls or probability, not both");
        }
        calls = calls == null ? null : List.copyOf(calls);
    }

    Trigger seeded(long drawn) {
        return probability == null || seed != null
                ? this
                : new Trigger(model, account, times, calls, probability, drawn, lasting, each);
    }

    boolean aimsAt(Target target) {
        return (model == null || model.equals(target.model())) && (account == null || account.equals(target.account()));
    }

    /** @param struckBefore how often it struck the same one */
    boolean spares(int struckBefore) {
        return each != null && struckBefore >= each;
    }

    /** @param call its number, from 1 */
    boolean strikes(int call) {
        if (calls != null) {
            return calls.contains(call);
        }
        return probability == null || chance(call) < probability;
    }

    /** Whether it can't strike any more after so many calls and strikes. */
    boolean isSpent(int called, int struck, boolean isMode) {
        if (calls != null && called >= Collections.max(calls)) {
            return true;
        }
        if (times != null) {
            return struck >= times;
        }
        return !isMode && calls == null && probability == null && lasting == null && each == null && struck >= 1;
    }

    private double chance(int call) {
        long start = seed == null ? 0 : seed;
        return new SplittableRandom(start * 1_000_003 + call).nextDouble();
    }
}
