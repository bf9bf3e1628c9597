package io.showreel.sandbox.fault;

import io.showreel.sandbox.prediction.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The only place where a fault is decided; the others ask here at the moment when one could strike: before a create is
 * accepted, after it was recorded, and when a prediction starts.
 */
public final class Faults {
    private static final String START_TIMEOUT = "Director: unexpected error handling prediction (E6716)";

    private final int startsAtOnce;
    private final List<Fault> planned = new ArrayList<>();

    /** @param startsAtOnce of one account; further ones meet E6716. 0: no limit */
    public Faults(int startsAtOnce) {
        this.startsAtOnce = startsAtOnce;
    }

    public synchronized void plan(Fault fault) {
        planned.add(fault);
    }

    public synchronized void clear() {
        planned.clear();
    }

    /** A refusal instead of a new prediction: nothing was created. */
    public Optional<Fault.RefuseCreate> beforeCreate(String model) {
        return next(Fault.RefuseCreate.class, model);
    }

    /** The prediction exists and its owner is not told. */
    public Optional<Fault.DropAnswer> afterCreate(String model) {
        return next(Fault.DropAnswer.class, model);
    }

    /** Why a prediction does not start; {@code starting} counts those of its account up to itself. */
    public Optional<String> atStart(Prediction prediction, LongSupplier starting) {
        var scripted = next(Fault.FailRun.class, prediction.created().model()).map(Fault.FailRun::error);
        if (scripted.isPresent()) {
            return scripted;
        }
        return startsAtOnce > 0 && starting.getAsLong() > startsAtOnce ? Optional.of(START_TIMEOUT) : Optional.empty();
    }

    private synchronized <F extends Fault> Optional<F> next(Class<F> kind, String model) {
        for (int i = 0; i < planned.size(); i++) {
            var fault = planned.get(i);
            if (kind.isInstance(fault) && fault.strikes(model)) {
                if (fault.times() <= 1) {
                    planned.remove(i);
                } else {
                    planned.set(i, fault.withTimes(fault.times() - 1));
                }
                return Optional.of(kind.cast(fault));
            }
        }
        return Optional.empty();
    }
}
