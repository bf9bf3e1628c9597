package io.showreel.gateway.timeline;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs are followed.
 *
 * @param heartbeat between two signs of life on an otherwise silent stream; a reader that takes nothing for twice as
 *     long is let go
 */
@ConfigurationProperties("showreel.events")
record StreamSettings(@DefaultValue("15s") Duration heartbeat) {}
