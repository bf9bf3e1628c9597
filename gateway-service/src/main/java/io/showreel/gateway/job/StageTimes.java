package io.showreel.gateway.forecast;

import java.time.Duration;

/**
 * How long the stages take that render says nothing about.
 *
 * @param fetching from the end of a prediction, as render expects it, until its file is in our store
 * @param cuttingPerSecond of the film's length
 */
record StageTimes(Duration fetching, Duration cuttingPerSecond) {

    /** Until something was measured: on two cores, with the provider sandbox. */
    static final StageTimes USUAL = new StageTimes(Duration.ofSeconds(5), Duration.ofMillis(500));

    Duration cutting(Duration film) {
        return cuttingPerSecond.multipliedBy(film.toMillis()).dividedBy(1000);
    }
}
