package io.showreel.observability;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How gauges are sampled.
 *
 * @param every how often the database is asked for what its gauges show
 */
@ConfigurationProperties("showreel.gauges")
record GaugeSettings(@DefaultValue("15s") Duration every) {}
