package io.showreel.web.outbound;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Gives a {@link WebFetch} to whoever asks for one. */
@AutoConfiguration
@EnableConfigurationProperties(OutboundSettings.class)
public class OutboundAutoConfiguration {

    @Bean
    @Lazy
    WebFetch webFetch(OutboundSettings settings) {
        return new WebFetch(settings);
    }
}
