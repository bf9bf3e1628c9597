package io.showreel.selection.storyboard;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How scenes are selected.
 *
 * @param bound all tries and the second asking for one command together; afterwards the fallback answers
 */
@ConfigurationProperties("selection")
public record SelectionSettings(@DefaultValue("90s") Duration bound) {}
