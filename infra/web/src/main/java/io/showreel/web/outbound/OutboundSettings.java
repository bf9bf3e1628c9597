package io.showreel.web.outbound;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How addresses that users give are treated.
 *
 * @param allowedHosts for development: hosts, or {@code host:port}s, that are reached wherever they lead
 * @param maxRedirects how many redirects are followed
 * @param connectTimeout how long to wait for a connection
 * @param silence how long to wait for the next bytes
 * @param timeout for all of it, redirects and body included
 */
@ConfigurationProperties("showreel.outbound")
public record OutboundSettings(
        @DefaultValue List<String> allowedHosts,
        @DefaultValue("3") int maxRedirects,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("10s") Duration silence,
        @DefaultValue("2m") Duration timeout) {

    public OutboundSettings {
        allowedHosts = List.copyOf(allowedHosts);
    }
}
