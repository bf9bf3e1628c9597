package io.showreel.gateway.access;

import io.showreel.web.RequestId;
import java.net.InetAddress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.reactive.ConfigurableReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;

/** From where the gateway can be reached. */
@Configuration(proxyBeanMethods = false)
class Doors {

    private static final Logger log = LoggerFactory.getLogger(Doors.class);

    /**
     * Without any key, only this machine is let in, unless somebody said that an open door is meant; and only by its own
     * name, see {@link HostFilter}.
     */
    @Bean
    WebServerFactoryCustomizer<ConfigurableReactiveWebServerFactory> listensToThisMachineOnlyWithoutKeys(
            ApiKeys keys, AccessSettings settings) {
        return factory -> {
            if (!keys.none()) {
                return;
            }
            if (settings.open()) {
                log.warn(
                        "No API key is configured and showreel.open is set: everybody who reaches this port is let in");
            } else {
                log.info("No API key is configured: the API is open, but to this machine only");
                factory.setAddress(InetAddress.getLoopbackAddress());
            }
        };
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 20)
    CorsWebFilter corsFilter(AccessSettings settings) {
        var cors = new CorsConfiguration();
        cors.setAllowedOriginPatterns(settings.corsOrigins());
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        cors.setAllowedHeaders(List.of("*"));
        cors.setExposedHeaders(List.of(
                "ETag",
                "Location",
                "Retry-After",
                "RateLimit-Limit",
                "RateLimit-Remaining",
                "RateLimit-Reset",
                "Content-Range",
                "Accept-Ranges",
                "Preference-Applied",
                RequestId.HEADER));
        cors.setMaxAge(3600L);
        var source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/api/**", cors);
        return new CorsWebFilter(source);
    }
}
