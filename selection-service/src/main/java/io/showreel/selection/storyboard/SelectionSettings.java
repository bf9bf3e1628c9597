package io.showreel.selection.storyboard;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How scenes are selected.
 *
 * @param look whether photos are looked at, for a job that doesn't say; without it, their names decide
 * @param bound looking, all tries and the second asking for one command together; afterwards the fallback answers
 */
@ConfigurationProperties("selection")
public record SelectionSettings(
        @DefaultValue("true") boolean look,
        @DefaultValue("90s") Duration bound) {}
