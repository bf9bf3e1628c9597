package io.showreel.messaging.inbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long messages are remembered.
 *
 * @param keep longer than a topic keeps its records, which is 7 days
 * @param sweepEvery how often the forgotten ones are removed
 */
@ConfigurationProperties("showreel.messaging.inbox")
record InboxSettings(
        @DefaultValue("14d") Duration keep,
        @DefaultValue("1h") Duration sweepEvery) {}
