package io.showreel.asset.sweep;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When objects go.
 *
 * @param keep how long a deleted asset's object stays at least, and one that belongs to none
 * @param grace how long an object must have been known to belong to none
 * @param every how often that is looked into
 */
@ConfigurationProperties("showreel.sweep")
record SweepSettings(
        @DefaultValue("24h") Duration keep,
        @DefaultValue("1h") Duration grace,
        @DefaultValue("1h") Duration every) {}
