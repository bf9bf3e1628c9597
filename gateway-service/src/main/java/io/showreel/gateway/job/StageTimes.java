package io.showreel.gateway.job;

import java.time.Duration;

/**
 * How long the stages of a film are expected to take.
 *
 * @param choosing scenes, from the order to the storyboard
 * @param starting from a take's submission until its model works
 * @param rendering as long as the model works
 * @param fetching from the end of a prediction, as render expects it, until its file is in our store
 * @param cuttingPerSecond of the film's length
 */
public record StageTimes(
        Duration choosing, Duration starting, Duration rendering, Duration fetching, Duration cuttingPerSecond) {

    /** Until something was measured: cutting on two cores, all else with the real providers. */
    public static final StageTimes USUAL = new StageTimes(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofMillis(500));

    public Duration cutting(Duration film) {
        return cuttingPerSecond.multipliedBy(film.toMillis()).dividedBy(1000);
    }

    public StageTimes withChoosing(Duration newChoosing) {
        return new StageTimes(newChoosing, starting, rendering, fetching, cuttingPerSecond);
    }

    public StageTimes withStarting(Duration newStarting) {
        return new StageTimes(choosing, newStarting, rendering, fetching, cuttingPerSecond);
    }

    public StageTimes withRendering(Duration newRendering) {
        return new StageTimes(choosing, starting, newRendering, fetching, cuttingPerSecond);
    }

    public StageTimes withFetching(Duration newFetching) {
        return new StageTimes(choosing, starting, rendering, newFetching, cuttingPerSecond);
    }

    public StageTimes withCuttingPerSecond(Duration newCuttingPerSecond) {
        return new StageTimes(choosing, starting, rendering, fetching, newCuttingPerSecond);
    }

    /** One take, from its submission to its file. */
    Duration take() {
        return starting.plus(rendering).plus(fetching);
    }
}
