package io.showreel.gateway.lab;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The testing tools.
 *
 * @param enabled whether there are any
 * @param selectionPatience how long a selection may take that is tried; somewhat more than selection-service's own bound
 */
@ConfigurationProperties("showreel.testing")
record TestingSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("100s") Duration selectionPatience) {}
