package io.showreel.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How links to media are signed.
 *
 * @param secret shared by the services that make and that check links; without one, links carry no signature
 * @param validity how long a link works at least; it ends with the day in which that is over
 */
@ConfigurationProperties("showreel.media")
public record MediaSettings(
        @Nullable String secret, @DefaultValue("1d") Duration validity) {

    @Override
    public String toString() {
        return "MediaSettings[secret=***, validity=" + validity + "]";
    }
}
