package io.showreel.sandbox.fault;

import java.util.Objects;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/**
 * A prediction goes no further by itself: its deadline, its owner or, once it runs, the limit of a run ends it.
 *
 * @param in the state that it stays in
 */
public record StallRun(In in) implements RunFault {
    public StallRun {
        Objects.requireNonNull(in, "in");
    }

    /** Where a prediction may get stuck. */
    @EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
    public enum In {
        STARTING,
        PROCESSING
    }
}
