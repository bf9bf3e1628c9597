package io.showreel.render.take;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When an attempt is looked after.
 *
 * @param guardAfter how long an attempt may be without an answer before its sender counts as dead; longer than the
 *     time-out of a submission
 * @param firstSweepAfter how long after an ambiguous submission the provider's list is searched for it
 * @param lookBackAfter how long after an attempt that was proven absent the list is searched for it once more; not
 *     longer than its absence can be proven
 * @param resubmissionDelayFactor stretches or shortens all waits before a resubmission
 */
@ConfigurationProperties("showreel.takes")
public record TakeSettings(
        @DefaultValue("45s") Duration guardAfter,
        @DefaultValue("10s") Duration firstSweepAfter,
        @DefaultValue("45m") Duration lookBackAfter,
        @DefaultValue("1.0") double resubmissionDelayFactor) {

    Duration beforeResubmission(Duration wait) {
        return Duration.ofMillis((long) (wait.toMillis() * resubmissionDelayFactor));
    }
}
