package io.showreel.sandbox.fault;

import java.util.Objects;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/**
 * A prediction ends although nobody asked for it.
 *
 * @param as aborted before its start, free of charge; or canceled while it runs, for its price
 */
public record EndRun(As as) implements RunFault {
    public EndRun {
        Objects.requireNonNull(as, "as");
    }

    /** The two ends that are neither a success nor a failure. */
    @EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
    public enum As {
        ABORTED,
        CANCELED
    }
}
