package io.showreel.sandbox.fault;

import java.util.Objects;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/** The output is shown in another form than one address. */
public record ShapeOutput(As as) implements OutputFault {
    public ShapeOutput {
        Objects.requireNonNull(as, "as");
    }

    /** Forms that were seen, and one that holds nothing. */
    @EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
    public enum As {
        /** An array of one address. */
        LIST,
        /** An object that holds the address as {@code video}. */
        OBJECT,
        /** The file itself, as a {@code data:} address. */
        DATA_URI,
        /** Succeeded without an output. */
        NOTHING
    }
}
