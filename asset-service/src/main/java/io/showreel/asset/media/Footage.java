package io.showreel.asset.media;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What plays in a file.
 *
 * @param dimensions of its picture as people see it, if it has one
 * @param duration in seconds, if the file tells
 */
record Footage(@Nullable Dimensions dimensions, @Nullable BigDecimal duration, boolean hasSound) {

    static final Footage UNKNOWN = new Footage(null, null, false);
}
