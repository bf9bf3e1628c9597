package io.showreel.gateway.forecast;

import io.showreel.gateway.job.Cut;
import io.showreel.gateway.job.Job;
import io.showreel.gateway.job.StageTimes;
import io.showreel.gateway.job.Take;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * When the first film is expected.
 *
 * <pre>
 * a take is open       the latest end that render expects of one, then fetching it, then cutting
 * no take is open      from the last change on, cutting; or what is left of it
 * a person is asked, nothing is expected yet, nothing is submitted for the account, or no film is wanted any more
 *                      nobody knows
 * </pre>
 */
final class Forecast {

    private Forecast() {}

    /** @param changedAt when the job came into this state */
    static Optional<Instant> completion(Job state, Instant changedAt, StageTimes times) {
        if (!(state instanceof Job.Rendering rendering) || rendering.cut().withdrawn() != null) {
            return Optional.empty();
        }
        var cut = rendering.cut();
        var cutting = times.cutting(rendering.storyboard().totalDuration());
        if (cut.takes().stream().allMatch(Take::ended)) {
            return Optional.of(
                    changedAt.plus(cutting.multipliedBy(100 - percent(cut)).dividedBy(100)));
        }
        var open = cut.takes().stream().filter(take -> !take.ended()).toList();
        if (open.stream().anyMatch(take -> take.hold() != null)) {
            return Optional.empty();
        }
        return open.stream()
                .map(Take::expectedAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .map(rendered -> rendered.plus(times.fetching()).plus(cutting));
    }

    private static int percent(Cut cut) {
        return cut.film() != null ? 100 : Objects.requireNonNullElse(cut.cuttingPercent(), 0);
    }
}
