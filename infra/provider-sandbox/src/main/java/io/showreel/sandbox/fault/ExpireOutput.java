package io.showreel.sandbox.fault;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The provider removes a prediction's data early: the output is null and its file gone.
 *
 * @param after since the success; at once if absent
 */
public record ExpireOutput(@Nullable Duration after) implements OutputFault {
    public Duration pause() {
        return after == null ? Duration.ZERO : after;
    }
}
