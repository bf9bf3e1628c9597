package io.showreel.web;

import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;

/** Makes a WebFlux application answer as the public API does. Clients of other services keep their own codecs. */
@AutoConfiguration
@EnableConfigurationProperties(MediaSettings.class)
public class WebAutoConfiguration {

    private static final int LARGEST_JSON = 1024 * 1024;

    @Bean
    Problems problems() {
        return new Problems();
    }

    @Bean
    RequestIdFilter requestIdFilter() {
        return new RequestIdFilter();
    }

    @Bean
    @ConditionalOnMissingBean
    MediaLinks mediaLinks(MediaSettings settings) {
        return new MediaLinks(settings, Clock.systemUTC());
    }

    @Bean
    WebFluxConfigurer publicApiConfigurer() {
        return new WebFluxConfigurer() {
            @Override
            public void configureHttpMessageCodecs(ServerCodecConfigurer codecs) {
                codecs.defaultCodecs().maxInMemorySize(LARGEST_JSON);
                codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(WebJson.mapper()));
                codecs.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(WebJson.mapper()));
            }

            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
                resolvers.addCustomResolver(new PagingArgumentResolver());
            }
        };
    }
}
