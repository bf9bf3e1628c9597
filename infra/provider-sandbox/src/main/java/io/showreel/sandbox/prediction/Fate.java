package io.showreel.sandbox.prediction;

import io.showreel.sandbox.fault.OutputFault;
import io.showreel.sandbox.fault.RunFault;
import org.jspecify.annotations.Nullable;

/** What is to go wrong with a prediction; part of its creation, so that a restart doesn't change it. */
public record Fate(@Nullable RunFault run, @Nullable OutputFault output) {
    public static final Fate NONE = new Fate(null, null);
}
