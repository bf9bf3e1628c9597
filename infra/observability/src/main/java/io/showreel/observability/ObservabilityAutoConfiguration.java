package io.showreel.observability;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Shows each {@link SampledGauge} bean of a service with a database. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@EnableConfigurationProperties(GaugeSettings.class)
class ObservabilityAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DatabaseClient.class)
    static class OfADatabase {

        @Bean
        @ConditionalOnBean({DatabaseClient.class, MeterRegistry.class})
        GaugeSampler gaugeSampler(
                DatabaseClient database,
                MeterRegistry registry,
                ObjectProvider<SampledGauge> gauges,
                GaugeSettings settings) {
            return new GaugeSampler(database, registry, gauges.stream().toList(), settings.every());
        }
    }
}
