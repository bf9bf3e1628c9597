package io.showreel.render.start;

import io.showreel.contracts.Usd;
import io.showreel.render.studio.Order;
import io.showreel.render.take.Trace;
import java.time.Instant;

/** What came of preparing a take. */
sealed interface Prepared {

    /** It can be submitted at once, as long as the provider keeps its frames. */
    record Ready(Order order, Trace trace, String model, Usd price, Instant since) implements Prepared {}

    /** It never can be. */
    record Unsuitable(String message) implements Prepared {}

    /** It could not be prepared now. */
    record NotNow(String message) implements Prepared {}
}
